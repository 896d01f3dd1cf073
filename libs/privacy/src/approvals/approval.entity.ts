import { BytesColumn, CodeColumn, IdColumn, IntColumn, LongTextColumn, Table } from '@libs/database';
import { JsonShape, NotPersonal, Personal } from '@libs/privacy-core';
import { REGISTER_SHAPE } from '../register/register.shape.js';
import { LOOSENING_SHAPE } from './loosening.shape.js';

/** What one member asks and another decides (P-1007); bound to its content, for 24 hours, once. */
@Table('privacy_approval')
export class ApprovalEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id, ordered by time') id: string;
  @CodeColumn(32) @NotPersonal('what is asked for, closed list') kind: string;
  @CodeColumn(16) @NotPersonal('closed list') state: string;
  @CodeColumn(200) @NotPersonal('names of fields, never values') fields: string;
  @IntColumn() @NotPersonal('how many people it concerns') people: number;
  @CodeColumn(64)
  @NotPersonal('hash over ids and names of fields, or over a register and what it loosens')
  contentHash: string;
  @LongTextColumn() @JsonShape(LOOSENING_SHAPE) changes: string;
  @IntColumn({ nullable: true })
  @NotPersonal('number of the register version that a proposal would change')
  baseVersion: number | null;
  @LongTextColumn({ nullable: true }) @JsonShape(REGISTER_SHAPE) proposal: string | null;
  @BytesColumn({ nullable: true })
  @Personal({
    kind: 'content.note',
    tier: 'T2',
    purposes: ['subject-request', 'security'],
    store: { as: 'tenant-ciphertext', key: 'desk' },
    show: 'full',
    log: 'never',
    export: 'exclude-about-others',
    erase: 'clear-value',
    retain: 'audit',
    subject: 'requestedBy',
  })
  reasonSealed: Buffer | null;
  @IdColumn() @NotPersonal('pseudonym of the member who asked') requestedBy: string;
  @IntColumn() @NotPersonal('time') requestedAt: number;
  @IntColumn() @NotPersonal('time') expiresAt: number;
  @IdColumn({ nullable: true }) @NotPersonal('pseudonym of the member who decided') decidedBy: string | null;
  @IntColumn({ nullable: true }) @NotPersonal('time') decidedAt: number | null;
  @IntColumn({ nullable: true }) @NotPersonal('time') usedAt: number | null;
}

/** One person whom an approval concerns. */
@Table('privacy_approval_subject')
export class ApprovalSubjectEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('pseudonym; erasure deletes the row') subjectId: string;
  @IdColumn({ primary: true }) @NotPersonal('id of the approval') approvalId: string;
}
