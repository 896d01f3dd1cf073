import { BytesColumn, CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal, Personal } from '@libs/privacy-core';
import { EMAIL_INDEX, SEALED_EMAIL } from '../account-facets.js';
import type { MemberRole } from '../members/roles.js';

/**
 * Somebody who was asked to join. A data subject of the tenant from here on, because the address is written down; the
 * subject becomes the member's, or goes with the invitation. `ended` waits for its erasure.
 */
@Table('auth_invitation')
export class InvitationEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') id: string;
  @IdColumn() @NotPersonal('pseudonym') subjectId: string;

  @BytesColumn({ nullable: true })
  @Personal(SEALED_EMAIL)
  emailSealed: Buffer | null;

  @CodeColumn(34, { nullable: true })
  @Personal(EMAIL_INDEX)
  emailIndex: string | null;

  @CodeColumn(34) @NotPersonal('keyed index of a random token') tokenIndex: string;
  @CodeColumn(24) @NotPersonal('closed list') role: MemberRole;
  @IdColumn() @NotPersonal('pseudonym of the member who invited') invitedBy: string;
  @CodeColumn(16) @NotPersonal('closed list') state: 'open' | 'accepted' | 'ended';
  @IntColumn() @NotPersonal('time of the invitation') createdAt: number;
  @IntColumn() @NotPersonal('seven days after it was sent last') expiresAt: number;
  @IntColumn() @NotPersonal('number of changes') version: number;
}

/** How many invitations went out within one span, of one member or of the whole tenant. */
@Table('auth_invitation_count')
export class InvitationCountEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('pseudonym of the member, or id of the tenant') countedId: string;
  @IntColumn({ primary: true }) @NotPersonal('beginning of the span') since: number;
  @IntColumn() @NotPersonal('a number') sent: number;
}
