export { ApprovalEntity, ApprovalSubjectEntity } from './approvals/approval.entity.js';
export type { ApprovalKind, ApprovalState } from './approvals/approval-rows.js';
export {
  type ApprovalAsk,
  type ApprovalRow,
  Approvals,
  type ApprovalsPorts,
  type ApprovalUse,
  type UsedApproval,
} from './approvals/approvals.js';
export {
  type Closed,
  FIELD_CIPHER,
  type FieldCipher,
  type FieldKeys,
  KeyedFieldCipher,
  type Opening,
  PassThroughCipher,
  type Sealing,
} from './cipher/field-cipher.js';
export { type FieldSpec, field } from './cipher/field-spec.js';
export { purposeWatch } from './cipher/purpose-watch.js';
export { groundRefused, SlipUsed } from './consent/consent.errors.js';
export type {
  BirthConsent,
  CheckedRecord,
  ConsentAct,
  ConsentActor,
  ConsentCircumstances,
  HistoryFilter,
  Notice,
  ScopeCount,
} from './consent/consent-act.js';
export { ConsentAsks, type OpenAsk } from './consent/consent-asks.js';
export { ConsentBook } from './consent/consent-book.js';
export type { HistoryPage, ProvenRecord } from './consent/consent-lists.js';
export { ConsentTables1790000000017 } from './consent/consent-tables.js';
export type { WriterParts } from './consent/consent-writer.js';
export type {
  AllSubjectRows,
  DestructionLedger,
  LedgerEntry,
  StepListener,
  SubjectExistence,
  SubjectFence,
  SubjectRows,
} from './destruction/destruction.ports.js';
export { ERASERS, type EraserName, type ErasureRuns, type NamedEraser, SubjectErasers } from './destruction/erasers.js';
export { type ErasureParts, ErasureQueue } from './destruction/erasure-queue.js';
export { ErasureRunEntity } from './destruction/erasure-run.entity.js';
export { ErasureTables1790000000022 } from './destruction/erasure-tables.js';
export { FileDestructionLedger } from './destruction/file-destruction-ledger.js';
export type { ObjectLedgerOptions } from './destruction/object-destruction-ledger.js';
export { ObjectDestructionLedger } from './destruction/object-destruction-ledger.js';
export { OrphanSweep } from './destruction/orphan-sweep.js';
export type { DestructionPorts } from './destruction/subject-destruction.js';
export { DESTRUCTION_STEPS, SubjectDestruction } from './destruction/subject-destruction.js';
export type { KekRotationOptions } from './key-ladder/kek-rotation.js';
export { KekRotation, ROTATION_STEPS } from './key-ladder/kek-rotation.js';
export type { KeyRequest, NewSubject, Unavailable } from './key-ladder/key.service.js';
export { KeyService } from './key-ladder/key.service.js';
export { unopenedTenants, type WrappedKeys } from './key-ladder/key-check.js';
export type * from './key-store/key-store.port.js';
export { MariadbKeyStore } from './key-store/mariadb-key-store.js';
export { SqliteKeyStore } from './key-store/sqlite-key-store.js';
export type { KeyToUnwrap, KeyToWrap, KmsPort } from './kms/kms.port.js';
export { RootKeyFileKms } from './kms/root-key-file.kms.js';
export type { VaultTransitOptions } from './kms/vault-transit.kms.js';
export { VaultTransitKms } from './kms/vault-transit.kms.js';
export { LinkBook, type LinkParts, type LiveLink } from './links/link-book.js';
export { type GateParts, PersonalGate, type RefusedField, usedGround } from './personal/personal-gate.js';
export type { PersonalWrite } from './personal/personal-step.js';
export type { PersonalCell, ReadAccounting, Reader, ReadNote } from './personal/reader.js';
export type { AccountedPage, AccountedRead } from './reads/accounts-of.js';
export { DeskAdditions1790000000150 } from './reads/desk-addition-tables.js';
export { DeskEraser } from './reads/desk-eraser.js';
export { DeskTables1790000000018 } from './reads/desk-tables.js';
export { ReadEntryEntity, ReadSubjectEntity } from './reads/read.entity.js';
export {
  REVEALED_MS,
  ReadAccounts,
  type ReadAccountsPorts,
  type ReadReason,
  readReason,
} from './reads/read-accounts.js';
export { RecordRetention } from './reads/record-retention.js';
export { type NamedKeys, TenantText } from './reads/tenant-text.js';
export { RegisterVersionEntity } from './register/register.entity.js';
export { registerErrors } from './register/register.errors.js';
export { type ChangeApprovals, RegisterBook, type RegisterParts } from './register/register-book.js';
export { looseningHash } from './register/register-hash.js';
export type { RegisterChangeAct, RegisterEffect, RegisterVersion, Who } from './register/register-version.js';
export { type AlarmLine, lineOf } from './reveal/alarm-line.js';
export { RevealGuardEntity, RevealTakeEntity } from './reveal/reveal.entity.js';
export { RevealGuard, type RevealGuardPorts, type RevealTake } from './reveal/reveal-guard.js';
export { ConsentAskEntity, ConsentRecordEntity, ErasureTaskEntity } from './subjects/consent.entity.js';
export {
  DataSubjectEntity,
  type SubjectKind,
  SubjectLinkEntity,
  type SubjectState,
} from './subjects/subject.entity.js';
export { MainDatabaseSubjects } from './subjects/subject-fence.js';
export { type SubjectItem, SubjectStep } from './subjects/subject-step.js';
export { SubjectTables1790000000003 } from './subjects/subject-tables.js';
