import { IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal } from '@libs/privacy-core';

/**
 * A look that is going on, for the visitor's line about it: not who looks, and gone when the look ends. The journal says
 * who looked and when.
 */
@Table('chat_live_look')
export class LiveLookEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') conversationId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id of the look') id: string;
  @IntColumn() @NotPersonal('time up to which it counts unless it is confirmed') lastsUntil: number;
}
