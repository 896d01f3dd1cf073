import { CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal } from '@libs/privacy-core';

/** When a site first embedded the widget of an inbox; says nothing of who looked at it. */
@Table('chat_first_seen')
export class FirstSeenEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') inboxId: string;
  @IntColumn({ nullable: true }) @NotPersonal('time of the first embed pass of an allowed site') seenAt: number | null;
  @CodeColumn(255, { nullable: true })
  @NotPersonal('address of a site that is not allowed, until one that is was seen')
  refusedOrigin: string | null;
  @IntColumn({ nullable: true }) @NotPersonal('time of the refusal') refusedAt: number | null;
}
