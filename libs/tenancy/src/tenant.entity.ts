import { CodeColumn, IdColumn, IntColumn, LongTextColumn, Table, TextColumn } from '@libs/database';
import { NotPersonal } from '@libs/privacy-core';

/** A customer organisation; `platform` is one too (design 1.1). */
@Table('tenant_tenant')
export class TenantEntity {
  @IdColumn({ primary: true }) @NotPersonal('random id of an organisation') id: string;
  @CodeColumn(64) @NotPersonal('address part chosen by the organisation') slug: string;
  @TextColumn(200) @NotPersonal('name of an organisation') name: string;
  @CodeColumn(16) @NotPersonal('state of the contract') state: 'active' | 'suspended' | 'ended';
  @CodeColumn(24) @NotPersonal('kind of organisation, closed list of the account protocol') kind: string;
  @IntColumn() @NotPersonal('time of creation of the tenant') createdAt: number;
  @IntColumn({ nullable: true }) @NotPersonal('time of the end of the contract') endedAt: number | null;
  @IntColumn() @NotPersonal('number of changes') version: number;
  @IdColumn({ nullable: true }) @NotPersonal('pseudonym of the member who renamed it last') changedBy: string | null;
  @IntColumn({ nullable: true }) @NotPersonal('when that was') changedAt: number | null;
}

/** Settings of a tenant that rules read: rates, retention. One row a name. */
@Table('tenant_setting')
export class TenantSettingEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @CodeColumn(64, { primary: true }) @NotPersonal('name of the setting') name: string;
  @LongTextColumn() @NotPersonal('number or word chosen by the tenant') value: string;
  @IntColumn() @NotPersonal('time of the last change') updatedAt: number;
}
