export { type BackupMade, type BackupOrder, backUp } from './backup/backup.js';
export { type Restored, type RestoreOrder, restore } from './backup/restore.js';
export { type BootOptions, bootService, logRequests } from './boot-service.js';
export { DEMO_LOGINS } from './demo-logins.js';
export { type DeskParts, openDesk } from './desk-parts.js';
export { libraryMigrations } from './migrations.js';
export { openPlatform, type Platform, type PlatformOptions } from './platform.js';
export { authPorts, platformModule } from './platform.module.js';
export { openPrivacy, type PrivacyParts } from './privacy-parts.js';
