export { contextScope, currentTenant, runInTenant, type TenantContext } from './context.js';
export { lockTenant } from './lock-tenant.js';
export { TenantChanges1790000000280 } from './migrations/change-tables.js';
export { TenantKind1790000000110 } from './migrations/tenant-kind-tables.js';
export { TenantTables1790000000001 } from './migrations/tenant-tables.js';
export { SETTING_DEFAULTS, type SettingName, TenantSettings } from './settings.js';
export { TenantEntity, TenantSettingEntity } from './tenant.entity.js';
export { type NewTenant, slugFor, tenantBirth } from './tenant-birth.js';
export { Tenants } from './tenants.js';
