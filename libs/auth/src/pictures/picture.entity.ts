import { BytesColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal, Personal } from '@libs/privacy-core';
import { ACCOUNT } from '../account-facets.js';

/** The picture that a member has chosen to be known by among colleagues (F-0104, F-0105); no row where none was. */
@Table('auth_picture')
export class PictureEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @IdColumn({ primary: true }) @NotPersonal('random id of the member') memberId: string;
  @IdColumn() @NotPersonal('pseudonym') subjectId: string;

  @BytesColumn()
  @Personal({
    ...{ ...ACCOUNT, kind: 'identity.picture', tier: 'T2', purposes: ['service-account'] },
    ...{ store: { as: 'ciphertext', group: 'identity' }, show: 'full', export: 'include' },
  })
  pictureSealed: Buffer;

  @IdColumn()
  @NotPersonal('random, another one for each picture, so that no page goes on showing the former one')
  mark: string;
  @IntColumn() @NotPersonal('time of the last change') updatedAt: number;
}
