import type { Availability, OutsideHours, RoutingMode } from '@libs/contracts';
import { CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal } from '@libs/privacy-core';

/** What routing knows of a member now; nothing says what was before (decision 0010). */
@Table('chat_routing_member')
export class RoutingMemberEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('pseudonym of the member') memberId: string;
  @CodeColumn(16) @NotPersonal('closed list; the present word alone, of a pseudonym') availability: Availability;
  @IntColumn({ nullable: true }) @NotPersonal('setting; null = the default of the tenant') capacity: number | null;
  @IntColumn() @NotPersonal('when a line was last known, overwritten every 30 s while it lasts') seenAt: number;
  @IntColumn({ nullable: true })
  @NotPersonal('since when the last line counts as lost; null = it does not')
  lostAt: number | null;
  @IntColumn() @NotPersonal('order of turns: when the machine gave something last') givenAt: number;
}

/** How an inbox gives its conversations; no row = members pick. */
@Table('chat_routing_inbox')
export class RoutingInboxEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('id of the inbox') inboxId: string;
  @IntColumn() @NotPersonal('number of the change') version: number;
  @CodeColumn(16) @NotPersonal('closed list') mode: RoutingMode;
  @IdColumn({ nullable: true }) @NotPersonal('id of the team') teamId: string | null;
  @IdColumn({ nullable: true }) @NotPersonal('id of the second team') overflowTeamId: string | null;
  @IntColumn() @NotPersonal('setting') overflowAfterSeconds: number;
  @IntColumn() @NotPersonal('setting, 0 or 1') showPlace: number;
  @IdColumn({ nullable: true }) @NotPersonal('id of the hours') hoursId: string | null;
  @CodeColumn(16) @NotPersonal('closed list') outsideHours: OutsideHours;
  @IdColumn({ nullable: true }) @NotPersonal('pseudonym of the member who wrote it last') changedBy: string | null;
  @IntColumn({ nullable: true }) @NotPersonal('when it was written last') changedAt: number | null;
}

/** What holds for the whole workspace; no row = the defaults. */
@Table('chat_routing_tenant')
export class RoutingTenantEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IntColumn() @NotPersonal('number of the change') version: number;
  @IntColumn() @NotPersonal('setting') defaultCapacity: number;
  @IntColumn() @NotPersonal('setting') returnAfterSeconds: number;
  @IdColumn({ nullable: true }) @NotPersonal('pseudonym of the member who wrote it last') changedBy: string | null;
  @IntColumn({ nullable: true }) @NotPersonal('when it was written last') changedAt: number | null;
}
