export { type Column, columns, freshMariaDatabase } from './columns.js';
export { openTestPlatform, type TestPlatform, type TestPlatformOptions, testStores } from './test-platform.js';
