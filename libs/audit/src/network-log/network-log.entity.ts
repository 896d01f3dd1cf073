import { BytesColumn, CodeColumn, IdColumn, IntColumn, Table } from '@libs/database';
import { NotPersonal, Personal } from '@libs/privacy-core';

const LOGGED = {
  tier: 'T2',
  purposes: ['legal-duty', 'security'],
  store: { as: 'tenant-ciphertext', key: 'log' },
  show: 'hidden',
  log: 'never',
  export: 'include',
  erase: 'cut-link',
  retain: 'network-log',
  subject: 'subjectId',
} as const;

/**
 * The network log that the law asks for (F-1406): one row a request, with these fields and no other. Append-only; a
 * month dies with its key. It is not the application log, which holds ids only.
 */
@Table('audit_network_log')
export class NetworkLogEntity {
  @IdColumn({ primary: true }) @NotPersonal('id of the tenant') tenantId: string;
  @CodeColumn(7, { primary: true }) @NotPersonal('calendar month in UTC, names the key') month: string;
  @IdColumn({ primary: true }) @NotPersonal('random id') id: string;
  @IntColumn() @NotPersonal('time of the request') at: number;
  @IdColumn({ nullable: true }) @NotPersonal('pseudonym of the member') memberId: string | null;
  @IdColumn({ nullable: true }) @NotPersonal('pseudonym of the person; erasure empties it') subjectId: string | null;
  @CodeColumn(8) @NotPersonal('http or socket') kind: 'http' | 'socket';
  @CodeColumn(10) @NotPersonal('verb of the request') method: string;
  @CodeColumn(200) @NotPersonal('template of the route, without values') route: string;
  @IntColumn() @NotPersonal('status of the answer') status: number;
  @IntColumn({ nullable: true }) @NotPersonal('how long a connection was open') stayMs: number | null;
  @BytesColumn({ nullable: true }) @Personal({ ...LOGGED, kind: 'network.address' }) address: Buffer | null;
  @BytesColumn({ nullable: true }) @Personal({ ...LOGGED, kind: 'network.user-agent' }) userAgent: Buffer | null;
  @BytesColumn({ nullable: true }) @Personal({ ...LOGGED, kind: 'network.request' }) language: Buffer | null;
  @BytesColumn({ nullable: true }) @Personal({ ...LOGGED, kind: 'network.request' }) url: Buffer | null;
  @BytesColumn({ nullable: true }) @Personal({ ...LOGGED, kind: 'network.request' }) search: Buffer | null;
}
