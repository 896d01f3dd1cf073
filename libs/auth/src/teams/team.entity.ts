import { CodeColumn, IdColumn, IntColumn, Table, TextColumn } from '@libs/database';
import { NotPersonal } from '@libs/privacy-core';

/** Members who share a queue. Set aside rather than deleted: what named it keeps its meaning. */
@Table('auth_team')
export class TeamEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') id: string;
  @TextColumn(200) @NotPersonal('name of a group, chosen by the tenant') name: string;
  @CodeColumn(64, { nullable: true })
  @NotPersonal('hash of the name without case and width, so that it is taken once; none while set aside')
  nameHash: string | null;
  @IntColumn() @NotPersonal('number of changes') version: number;
  @IntColumn() @NotPersonal('time') createdAt: number;
  @IntColumn({ nullable: true }) @NotPersonal('time') archivedAt: number | null;
  @IdColumn({ nullable: true }) @NotPersonal('pseudonym of the member who wrote it last') changedBy: string | null;
  @IntColumn({ nullable: true }) @NotPersonal('when it was written last') changedAt: number | null;
}

/** Who belongs to a team. Goes with the member. */
@Table('auth_team_member')
export class TeamMemberEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('id of the team') teamId: string;
  @IdColumn({ primary: true }) @NotPersonal('pseudonym of the member') memberId: string;
}
