import { compileManifest, notPersonal, Personal, type PersonalFacets, personal } from '@libs/privacy-core';
import { describe, expect, it } from 'vitest';
import type { ProductEntity } from './product.js';
import type { RealColumn, RealTable } from './real-schema.js';
import {
  collationFindings,
  driftFindings,
  erasureFindings,
  jsonFindings,
  ownerFindings,
  referenceFindings,
  storeFindings,
  tenantFindings,
} from './table-rules.js';

const facets: PersonalFacets = {
  kind: 'identity.name',
  tier: 'T2',
  purposes: ['support-conversation'],
  store: { as: 'ciphertext', group: 'identity' },
  show: 'mask-name',
  log: 'never',
  export: 'include',
  erase: 'delete-row',
  retain: 'profile',
  subject: 'subjectId',
};

class Guest {
  @Personal(facets) name: Buffer;
}

const key = (name: string, more: Partial<RealColumn> = {}): RealColumn => ({
  name,
  nullable: false,
  collation: 'ascii_bin',
  text: true,
  ...more,
});

const table = (more: Partial<RealTable> = {}): RealTable => ({
  table: 'crm_guest',
  columns: [key('tenant_id'), key('id')],
  primary: ['tenant_id', 'id'],
  unique: [],
  references: [],
  ...more,
});

const entity = (columns: Readonly<Record<string, string>>): ProductEntity => ({
  entity: Guest,
  table: 'crm_guest',
  path: 'apps/crm/src/guests/guest.entity.ts',
  columns,
  described: Object.entries(columns).map(([property, column]) => ({
    property,
    column,
    text: true,
    nullable: false,
    primary: ['tenant_id', 'id'].includes(column),
  })),
});

const said = (findings: readonly { readonly place: string }[]) => findings.map(({ place }) => place);

describe('rules of tables catch their bad examples', () => {
  it('P-0211 a tenant that is missing, may be null or comes second', () => {
    expect(tenantFindings([table()])).toEqual([]);
    expect(said(tenantFindings([table({ columns: [key('id')] })]))).toEqual(['crm_guest']);
    const optional = [key('tenant_id', { nullable: true }), key('id')];
    expect(said(tenantFindings([table({ columns: optional })]))).toEqual(['crm_guest.tenant_id']);
    expect(said(tenantFindings([table({ primary: ['id', 'tenant_id'] })]))).toEqual(['crm_guest(id, tenant_id)']);
    expect(said(tenantFindings([table({ unique: [['token']] })]))).toEqual(['crm_guest(token)']);
  });

  it('P-0211 a reference without the tenant, one that deletes, one into the tables of somebody else', () => {
    const find = (columns: readonly string[], target: string, onDelete = 'RESTRICT') =>
      referenceFindings([table({ references: [{ columns, target, onDelete }] })]).map(({ problem }) => problem);
    expect(find(['tenant_id', 'subject_id'], 'privacy_data_subject')).toEqual([]);
    expect(find(['tenant_id', 'company_id'], 'crm_company')).toEqual([]);
    expect(find(['company_id', 'tenant_id'], 'crm_company')).toEqual(['refers without the tenant first']);
    expect(find(['tenant_id', 'company_id'], 'crm_company', 'CASCADE')).toEqual(['does CASCADE on delete']);
    expect(find(['tenant_id', 'inbox_id'], 'chat_inbox')).toEqual(['refers to chat_inbox, a table of another owner']);
  });

  it('a key that is compared without regard to case', () => {
    expect(collationFindings([table()])).toEqual([]);
    const loose = table({ columns: [key('tenant_id'), key('token', { collation: 'utf8mb4_general_ci' })] });
    expect(said(collationFindings([loose]))).toEqual(['crm_guest.token']);
  });

  it('P-0301 free text that nobody closed', () => {
    const guest = entity({ tenantId: 'tenant_id', notes: 'notes' });
    const loose = table({ columns: [key('tenant_id'), key('notes', { collation: 'utf8mb4_bin' })] });
    expect(said(jsonFindings([guest], compileManifest([], []), [loose]))).toEqual(['crm_guest.notes']);
    expect(jsonFindings([guest], compileManifest([], []), [table()])).toEqual([]);
  });

  it('a table with the prefix of somebody else', () => {
    const path = 'apps/crm/src/guest.entity.ts';
    expect(ownerFindings([{ table: 'crm_guest', path }])).toEqual([]);
    expect(said(ownerFindings([{ table: 'chat_guest', path }]))).toEqual(['chat_guest']);
    expect(said(ownerFindings([{ table: 'crm_x', path: 'libs/tenancy/src/x.entity.ts' }]))).toEqual(['crm_x']);
  });

  it('personal data that erasure does not find', () => {
    const find = (columns: Readonly<Record<string, string>>) => {
      const guest = entity(columns);
      return said(erasureFindings([guest], compileManifest([guest], [])));
    };
    expect(find({ tenantId: 'tenant_id', subjectId: 'subject_id', name: 'name' })).toEqual([]);
    expect(find({ tenantId: 'tenant_id', name: 'name' })).toEqual(['crm_guest', 'crm_guest.name']);
    expect(find({ subjectId: 'subject_id' })).toEqual(['crm_guest']);
  });

  it('P-0301 columns and tables on one side only', () => {
    const guest = entity({ tenantId: 'tenant_id', id: 'id' });
    expect(driftFindings([guest], [table()])).toEqual([]);
    expect(said(driftFindings([], [table()]))).toEqual(['crm_guest']);
    expect(said(driftFindings([guest], []))).toEqual(['crm_guest']);
    const more = table({ columns: [key('tenant_id'), key('id'), key('phone')] });
    expect(said(driftFindings([guest], [more]))).toEqual(['crm_guest.phone']);
    const fewer = table({ columns: [key('tenant_id')], primary: ['tenant_id'] });
    expect(said(driftFindings([guest], [fewer]))).toEqual(['crm_guest.id']);
    const optional = table({ columns: [key('tenant_id'), key('id', { nullable: true })] });
    expect(said(driftFindings([guest], [optional]))).toEqual(['crm_guest.id']);
  });

  it('P-0301 events and stores that are used and undeclared, idle, or hold plain personal data', () => {
    const event = { store: 'event', name: 'crm.guest-made.v1', fields: { n: notPersonal('a number') } } as const;
    const used = { events: ['crm.guest-made.v1'], sites: {} };
    expect(storeFindings(used, [event])).toEqual([]);
    expect(said(storeFindings(used, []))).toEqual(['event crm.guest-made.v1']);
    expect(said(storeFindings({ events: [], sites: {} }, [event]))).toEqual(['event crm.guest-made.v1']);
    expect(said(storeFindings({ events: [], sites: { 'a.ts': ['folder x'] } }, []))).toEqual(['folder x']);
    const plain = personal({ ...facets, tier: 'T1', store: { as: 'plain', why: 'none' } });
    expect(said(storeFindings({ events: [], sites: {} }, [{ store: 'queue', name: 'q', fields: { plain } }]))).toEqual([
      'queue q',
    ]);
  });
});
