import { BytesColumn, CodeColumn, IdColumn, IntColumn, Table, TextColumn } from '@libs/database';
import { NotPersonal, Personal } from '@libs/privacy-core';
import { BASIS_NOTE } from './desk-addition-tables.js';

/** One request that showed sensitive values: who, when, what for, which fields; never a value (P-1010). */
@Table('privacy_read_entry')
export class ReadEntryEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id, ordered by time') id: string;
  @IntColumn() @NotPersonal('time of the read') at: number;
  @IdColumn() @NotPersonal('pseudonym of the member, or name of a job') memberId: string;
  @CodeColumn(32) @NotPersonal('role at that time, closed list') role: string;
  @CodeColumn(40) @NotPersonal('code of the purpose') purpose: string;
  @CodeColumn(16) @NotPersonal('read, reveal, or use without consent') kind: 'read' | 'reveal' | 'ground';
  @CodeColumn(200) @NotPersonal('names of fields, never values') fields: string;
  @CodeColumn(80) @NotPersonal('kind and id of what was read, with its numbers') place: string;
  @IntColumn() @NotPersonal('how many people were shown in plain') people: number;
  @IntColumn() @NotPersonal('how many values were masked') masked: number;
  @CodeColumn(40, { nullable: true }) @NotPersonal('reason of a reveal, closed list') reason: string | null;
  @CodeColumn(16, { nullable: true }) @NotPersonal('ground of a use without consent, closed list') basis: string | null;
  @TextColumn(BASIS_NOTE, { nullable: true })
  @NotPersonal('why, written by the controller about the function')
  basisNote: string | null;
  @BytesColumn({ nullable: true })
  @Personal({
    kind: 'content.note',
    tier: 'T2',
    purposes: ['subject-request', 'security'],
    store: { as: 'tenant-ciphertext', key: 'desk' },
    show: 'full',
    log: 'never',
    export: 'include',
    erase: 'clear-value',
    retain: 'audit',
    subject: 'memberId',
  })
  noteSealed: Buffer | null;
}

/** One person who was shown in plain by a request: the answer to "who has seen my data" (P-0404). */
@Table('privacy_read_subject')
export class ReadSubjectEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('pseudonym; erasure deletes the row') subjectId: string;
  @IdColumn({ primary: true }) @NotPersonal('id of the request') entryId: string;
}
