import {
  compileManifest,
  DEFAULT_REGISTER,
  FIELDS,
  type Manifest,
  type PersonalFacets,
  personal,
  type Register,
} from '@libs/privacy-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadProduct, type Product } from './product.js';
import {
  controllerFindings,
  type FieldUse,
  fieldsUsed,
  type PurposeUse,
  purposeFindings,
  purposesUsed,
  registerFindings,
  sensitiveFindings,
} from './purpose-rules.js';

/** Screens show words, they read nothing. */
const READS_DATA = /^(apps\/(?!console|widget)|libs\/(?!contracts|privacy-core))/;
const TESTS = /(\.(spec|medium-spec|e2e-spec)\.|\/testing\/|^libs\/testing\/)/;

const ADDRESS: PersonalFacets = {
  kind: 'contact.address',
  tier: 'T3',
  purposes: ['customer-relations', 'subject-request'],
  store: { as: 'ciphertext', group: 'location' },
  show: 'mask-address',
  log: 'never',
  export: 'include',
  erase: 'delete-row',
  retain: 'profile',
  subject: 'subjectId',
};

let manifest: Manifest;
let product: Product;
let purposes: readonly PurposeUse[];
let fields: readonly FieldUse[];

beforeAll(async () => {
  product = await loadProduct();
  manifest = compileManifest(product.entities, []);
  const code = product.files.filter(({ path }) => READS_DATA.test(path) && !TESTS.test(path));
  purposes = code.flatMap(purposesUsed);
  fields = code.flatMap(fieldsUsed);
});

const withTable = (table: string, column: string, facets: PersonalFacets): Manifest => {
  const entry = { column, path: null, declared: personal(facets) };
  const others = manifest.tables.filter((one) => one.table !== table);
  const own = manifest.tables.find((one) => one.table === table)?.entries ?? [];
  return {
    ...manifest,
    tables: [...others, { table, entries: [...own.filter((one) => one.column !== column), entry] }],
  };
};

describe('purposes in the code', () => {
  it('P-0103 P-0318 P-0301 are all functions of the register', () => {
    expect(purposeFindings(purposes, DEFAULT_REGISTER)).toEqual([]);
    expect(purposes.length).toBeGreaterThan(30);
    expect(new Set(purposes.map(({ purpose }) => purpose)).size).toBeGreaterThan(4);
  });

  it.each([
    ["const set = { tenantId, purpose: 'profiling', steps };", 'profiling'],
    ["const set = { purpose: role === 'agent' ? 'customer-relations' : 'snooping' };", 'snooping'],
    ["const BODY_PURPOSES = ['support-conversation', 'training'] as const;", 'training'],
    ["export const X = field('crm_contact', 'name', 'identity', ['curiosity'], 'contact.name');", 'curiosity'],
    ["const text = await cipher.open(sealed, row, 'curiosity');", 'curiosity'],
    ["consents.groundNow(tenantId, 'curiosity', 'contact.name', id);", 'curiosity'],
    ["await gate.grounds(tenantId, 'curiosity', id, ['contact.name']);", 'curiosity'],
    ["const name = value.reveal('curiosity');", 'curiosity'],
    ["const scope = purposeScope('curiosity');", 'curiosity'],
    ["const WHY = 'curiosity'; const set = { purpose: WHY };", 'curiosity'],
  ])('P-0103 P-0318 another one is found: %s', (text, purpose) => {
    const found = purposeFindings(purposesUsed({ path: 'apps/crm/src/planted.ts', text }), DEFAULT_REGISTER);
    expect(found).toEqual([
      { place: 'apps/crm/src/planted.ts:1', problem: `names the purpose "${purpose}", which is not in the register` },
    ]);
  });

  it('P-0103 one that the register loses is found in all of its places', () => {
    const activities = DEFAULT_REGISTER.activities.filter(({ purpose }) => purpose !== 'customer-relations');
    const found = purposeFindings(purposes, { ...DEFAULT_REGISTER, activities });
    expect(found.length).toBeGreaterThan(1);
  });
});

describe('fields of the register', () => {
  it('P-0401 P-0302 P-1004 say the same as the columns they lie in and as the code that opens them', () => {
    expect(registerFindings(manifest, DEFAULT_REGISTER, fields)).toEqual([]);
    expect(FIELDS.filter(({ columns }) => columns.length === 0).map(({ code }) => code)).toEqual([
      'media.voice',
      'media.picture',
      'media.video',
      'media.file',
      'media.location',
    ]);
  });

  it.each<[string, Partial<PersonalFacets>]>([
    ['is T3 in the register and T2 in the manifest', { tier: 'T2' }],
    ['is contact.address in the register and identity.name in the manifest', { kind: 'identity.name' }],
    ['is masked as mask-address by the register, as full by the manifest', { show: 'full' }],
    [
      'is declared for marketing, a function that does not name it',
      { purposes: ['customer-relations', 'marketing', 'subject-request'] },
    ],
  ])('P-0401 a column that differs is found: %s', (problem, facets) => {
    const planted = withTable('crm_contact', 'address', { ...ADDRESS, ...facets });
    expect(registerFindings(planted, DEFAULT_REGISTER, fields)).toEqual([
      { place: 'contact.address (crm_contact.address)', problem },
    ]);
  });

  it('P-0112 a field() that says something else than its column is found', () => {
    const planted = fieldsUsed({
      path: 'apps/crm/src/planted.ts',
      text: "field('crm_contact', 'address', 'location', ['customer-relations', 'marketing'], 'contact.name');",
    });
    expect(registerFindings(manifest, DEFAULT_REGISTER, [...fields, ...planted])).toEqual([
      {
        place: 'apps/crm/src/planted.ts',
        problem: 'opens crm_contact.address for marketing, which it is not there for',
      },
      { place: 'apps/crm/src/planted.ts', problem: 'calls crm_contact.address contact.name, not contact.address' },
    ]);
    const without = fields.filter(({ column }) => column !== 'crm_contact.address');
    expect(registerFindings(manifest, DEFAULT_REGISTER, without)).toContainEqual({
      place: 'contact.address (crm_contact.address)',
      problem: 'is sealed by no field() of this code',
    });
  });

  it('P-0401 P-0404 every sensitive column is one of them', () => {
    expect(sensitiveFindings(manifest)).toEqual([]);
    const planted = withTable('crm_deal', 'bank', { ...ADDRESS, kind: 'finance.account' });
    expect(sensitiveFindings(planted)).toEqual([
      { place: 'crm_deal.bank', problem: 'is sensitive, and no field of the register' },
    ]);
    expect(sensitiveFindings(planted, { 'crm_deal.bank': 'reason' })).toEqual([]);
    expect(sensitiveFindings(manifest, { 'crm_contact.name': 'reason' })).toHaveLength(1);
  });

  it('P-0302 P-0103 of every function are used by code of that function only', () => {
    const planned: Register = {
      ...DEFAULT_REGISTER,
      activities: DEFAULT_REGISTER.activities.map((one) => ({ ...one, fields: [] })),
    };
    const found = registerFindings(manifest, planned, fields);
    expect(found.length).toBeGreaterThan(FIELDS.filter(({ columns }) => columns.length > 0).length);
  });
});

describe('controllers', () => {
  it('P-0209 P-0201 P-0210 every personal column belongs to the tenant of its row; the platform is one of them', () => {
    expect(controllerFindings(product.entities, manifest)).toEqual([]);
  });

  it('P-0209 a personal column without a tenant is found', () => {
    expect(controllerFindings(product.entities, withTable('crm_stray', 'name', ADDRESS))).toEqual([
      { place: 'crm_stray', problem: 'holds personal data of no controller: it has no tenant_id' },
    ]);
  });
});
