export { AccountModule } from './account.module.js';
export { consoleSite } from './console-site.js';
