export { contextScope, currentTenant, runInTenant, type TenantContext } from './context.js';
export { TenantTables1790000000001 } from './migrations/tenant-tables.js';
export { SETTING_DEFAULTS, type SettingName, TenantSettings } from './settings.js';
export { TenantEntity, TenantSettingEntity } from './tenant.entity.js';
export { Tenants } from './tenants.js';
