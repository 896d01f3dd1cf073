import { CodeColumn, IdColumn, IntColumn, LongTextColumn, Table, TextColumn } from '@libs/database';
import { JsonShape, NotPersonal } from '@libs/privacy-core';
import { REGISTER_SHAPE } from './register.shape.js';

/** A version of a tenant's instructions (P-0202); kept for ever, because consents refer to it. */
@Table('privacy_register_version')
export class RegisterVersionEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IntColumn({ primary: true }) @NotPersonal('number of the version') version: number;
  @LongTextColumn() @JsonShape(REGISTER_SHAPE) document: string;
  @CodeColumn(64) @NotPersonal('hash of the content') hash: string;
  @IdColumn() @NotPersonal('pseudonym of the member') changedBy: string;
  @IntColumn() @NotPersonal('time') changedAt: number;
  @TextColumn(500)
  @NotPersonal('why the instructions changed, written by the controller about the register')
  note: string;
}
