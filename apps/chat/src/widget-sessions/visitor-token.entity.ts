import { CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal } from '@libs/privacy-core';

/** What lets a visitor come back: a keyed index of the token, never the token. */
@Table('chat_visitor_token')
export class VisitorTokenEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @CodeColumn(64, { primary: true }) @NotPersonal('keyed index of a random token') tokenIndex: string;
  @IdColumn() @NotPersonal('pseudonym of the visitor') subjectId: string;
  @IdColumn() @NotPersonal('id of the inbox') inboxId: string;
  @IdColumn() @NotPersonal('conversation that it opened') conversationId: string;
  @IntColumn() @NotPersonal('time') createdAt: number;
  @IntColumn() @NotPersonal('time') expiresAt: number;
  @IntColumn({ nullable: true }) @NotPersonal('time') revokedAt: number | null;
}
