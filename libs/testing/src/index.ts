export {
  type Column,
  describeColumn,
  describeColumns,
  describeWhere,
  freshMariaDatabase,
  type Need,
} from './columns.js';
export { giveTables } from './tables.js';
export { openTestPlatform, type TestPlatform, type TestPlatformOptions, testStores } from './test-platform.js';
