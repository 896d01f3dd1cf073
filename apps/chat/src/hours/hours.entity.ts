import { CodeColumn, IdColumn, IntColumn, LongTextColumn, Table, TextColumn } from '@libs/database';
import { NotPersonal } from '@libs/privacy-core';

/** When a business answers (服务时间): its week, and the days that are otherwise. */
@Table('chat_business_hours')
export class BusinessHoursEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') id: string;
  @TextColumn(200) @NotPersonal('name chosen by the tenant') name: string;
  @CodeColumn(64) @NotPersonal('hash of the name without case and width, so that it is taken once') nameHash: string;
  @CodeColumn(64) @NotPersonal('name of a time zone') timeZone: string;
  @CodeColumn(400) @NotPersonal('periods of seven days, Monday first') week: string;
  @LongTextColumn() @NotPersonal('dates of an organisation with their names, one a line') days: string;
  @IntColumn() @NotPersonal('1 = those of the workspace') isDefault: number;
  @IntColumn() @NotPersonal('number of changes') version: number;
  @IntColumn() @NotPersonal('time') createdAt: number;
  @IdColumn({ nullable: true }) @NotPersonal('pseudonym of the member who wrote it last') changedBy: string | null;
  @IntColumn({ nullable: true }) @NotPersonal('when it was written last') changedAt: number | null;
}
