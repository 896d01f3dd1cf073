import { CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal } from '@libs/privacy-core';

/** Who made a link that sets a new password. */
export type ResetMaker = 'mail' | 'admin' | 'console';

/** A link that sets a new password, once, for half an hour. A row of the platform tenant; the token is only in the link. */
@Table('auth_reset')
export class ResetEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the platform tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') id: string;
  @IdColumn() @NotPersonal('random id of the login') loginId: string;
  @IdColumn() @NotPersonal('pseudonym') subjectId: string;
  @CodeColumn(16) @NotPersonal('closed list') madeBy: ResetMaker;
  @IdColumn({ nullable: true })
  @NotPersonal('id of the workspace whose admin made it, where the login may not have left')
  madeIn: string | null;
  @IdColumn({ nullable: true })
  @NotPersonal('pseudonym of the member who made it, and without whose right it opens nothing')
  makerId: string | null;
  @CodeColumn(34) @NotPersonal('keyed hash of a random token') tokenIndex: string;
  @IntColumn() @NotPersonal('time of making of a link that lives half an hour') createdAt: number;
  @IntColumn() @NotPersonal('time of making plus half an hour') expiresAt: number;
  @IntColumn({ nullable: true }) @NotPersonal('time of use') usedAt: number | null;
}
