export { AuditTables1790000000006 } from './migrations/audit-tables.js';
export { assertLogMonths, type LogFloor, logFloor, monthOf } from './network-log/log-floor.js';
export { logAs, loggedAs } from './network-log/logged-as.js';
export { NetworkLogEntity } from './network-log/network-log.entity.js';
export type { LogKeys, TenantEnds } from './network-log/network-log.ports.js';
export { NetworkLog, type NetworkLogPorts } from './network-log/network-log.service.js';
export {
  type LoggedCaller,
  type LoggedHandshake,
  type LoggedReply,
  type LoggedRequest,
  type NetworkLogHook,
  networkLogHook,
  socketEntry,
} from './network-log/network-log-hook.js';
export {
  type LogExplanation,
  type LogRetentionPorts,
  NetworkLogRetention,
} from './network-log/network-log-retention.js';
export { type NetworkLogEntry, openLogField, type SealedField } from './network-log/network-log-row.js';
