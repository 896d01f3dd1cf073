export {
  BytesColumn,
  CodeColumn,
  declareSchema,
  IdColumn,
  IntColumn,
  LongTextColumn,
  Table,
  TextColumn,
} from './columns.js';
export { type Committed, Committer, type JournalKind } from './commit/committer.js';
export { insertRow } from './commit/insert-step.js';
export { UnitOfWork, type Work, type WorkScope } from './commit/unit-of-work.js';
export { WriterLock } from './commit/writer-lock.js';
export { askMaria, clearMaria, copyMaria, loadMaria, tablesOfMaria } from './copy/maria-copy.js';
export { beginRestore, endRestore, isHalfRestored } from './copy/restore-mark.js';
export { readRowLines } from './copy/row-lines.js';
export { copySqlite } from './copy/sqlite-copy.js';
export type { CopyAnswers, CopyOptions, Progress } from './copy/table-place.js';
export type { Database, OpenTx } from './database.js';
export { DATABASE } from './database.js';
export { forUpdate, nowIn, type Upsert, upsert } from './dialect.js';
export { checkingGate } from './gate/checking-gate.js';
export {
  CONSUMER_PAGE,
  CROSS_TENANT,
  type CrossTenantStatement,
  DUE_REPLIES,
  DUE_REPLIES_PAGE,
  DUE_SNOOZES,
  DUE_SNOOZES_PAGE,
  HIGHEST_ID,
  HIGHEST_POSITION,
  inboxByPublicKey,
  journalDigest,
  journalPage,
  MEMBERS_OF_LOGIN,
  placeJournal,
  RECENT_INVALIDATIONS,
  ROUTING_TENANTS,
  SEQUENCER_PAGE,
  TENANTS_OF_LOGIN,
  UNSEEN_MEMBERS,
  UNSEQUENCED_JOURNAL,
} from './gate/cross-tenant.js';
export { type GateScope, noTenant, openGate, type QueryGate, tenantsScope } from './gate/gate.js';
export { LAST_CHANGE_COLUMNS, lastChange, lastChangeOf } from './last-change.js';
export { Answers, threadsAtWork } from './mariadb/answers.js';
export { MariaDatabase } from './mariadb/maria-database.js';
export { assertFormat, DATA_FORMAT, DataFormat31790000000284 } from './migrations/data-format.js';
export type { ColumnDefinition, ColumnType, TableAddition, TableDefinition } from './migrations/dsl.js';
export { addColumns, bytes, code, createTable, id, int, longtext, serial, text } from './migrations/dsl.js';
export { type MigrationClass, migrate } from './migrations/migrate.js';
export type { Dialect, Eventually, SqlReader, SqlRow, SqlValue, Tx } from './sql.js';
export { chunks, placeholders } from './sql.js';
export { PlaceByLoad } from './sqlite/commit-place.js';
export { SqliteDatabase } from './sqlite/sqlite-database.js';
export {
  type Actor,
  type JournalEntry,
  type Placed,
  type RowInsert,
  type Step,
  StepKind,
  type WriteSet,
} from './write-set.js';
