import { CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal } from '@libs/privacy-core';

/** Whom a row is about: a visitor (later perhaps a contact), a member of a workspace, a login of the platform. */
export type SubjectKind = 'visitor' | 'member' | 'login';
/** `withheld`: the basic consent was withdrawn; nobody but the person reads, and the erasure waits (C-35). */
export type SubjectState = 'live' | 'withheld' | 'restricted' | 'erased';

/** The spine: one row per person of a tenant. Its id is never rewritten (design 1.1). */
@Table('privacy_data_subject')
export class DataSubjectEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true })
  @NotPersonal('random pseudonym, what it points to is sealed; stays after erasure: the row is the tombstone')
  id: string;
  @CodeColumn(16) @NotPersonal('how the person met us, closed list') kind: SubjectKind;
  @CodeColumn(16) @NotPersonal('state of the data, closed list') state: SubjectState;
  @IntColumn() @NotPersonal('1 where a guardian decides beside the person') guarded: number;
  @IntColumn() @NotPersonal('time of creation; outlives the person only as part of the tombstone') createdAt: number;
}

/** Two subjects are the same person, as far as `reason` says; with undo. Rights act on the closed set. */
@Table('privacy_subject_link')
export class SubjectLinkEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') id: string;
  @IdColumn()
  @NotPersonal('pseudonym; stays after erasure: a no of this person still counts for those linked with it')
  subjectId: string;
  @IdColumn()
  @NotPersonal('pseudonym; stays after erasure: a no of this person still counts for those linked with it')
  otherId: string;
  @CodeColumn(40) @NotPersonal('closed list') reason: string;
  @CodeColumn(80) @NotPersonal('pseudonymous id of who linked') actor: string;
  @IntColumn() @NotPersonal('time') at: number;
  @IntColumn({ nullable: true }) @NotPersonal('time of undo') undoneAt: number | null;
}
