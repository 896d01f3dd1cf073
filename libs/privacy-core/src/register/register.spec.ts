import { describe, expect, it } from 'vitest';
import { PURPOSES, type RetainFacet, type Tier } from '../declaration/facets.js';
import { type Activity, type FieldPolicy, POLICY_ROLES, type Register } from './activity.js';
import { type RegisterFault, registerProblems } from './changes.js';
import { DEFAULT_REGISTER } from './default-register.js';
import { FIELDS, type FieldCode, fieldDefinition } from './fields.js';
import { BASES_OFF_BY_DEFAULT, isLawfulBasis, LAWFUL_BASES, type LawfulBasis } from './lawful-basis.js';

const faultsOf = (next: Register) => registerProblems(next, DEFAULT_REGISTER);

function withActivity(purpose: string, change: Partial<Activity>): Register {
  const activities = DEFAULT_REGISTER.activities.map((one) => (one.purpose === purpose ? { ...one, ...change } : one));
  return { ...DEFAULT_REGISTER, activities };
}

function withPolicy(field: FieldCode, change: Partial<FieldPolicy>): Register {
  const fields = DEFAULT_REGISTER.fields.map((one) => (one.field === field ? { ...one, ...change } : one));
  return { ...DEFAULT_REGISTER, fields };
}

const marketing = (change: Partial<Activity>) => withActivity('marketing', change);
const copyOf = (purpose: string) => DEFAULT_REGISTER.activities.find((one) => one.purpose === purpose)!;
const basis = (word: string) => word as LawfulBasis;
const tier = (word: string) => word as Tier;
const field = (word: string) => word as FieldCode;

describe('a version of the register', () => {
  it('P-0302 as the product ships it has no fault', () => {
    expect(faultsOf(DEFAULT_REGISTER)).toEqual([]);
    expect(DEFAULT_REGISTER.activities.map(({ purpose }) => purpose).sort()).toEqual([...PURPOSES].sort());
    expect(DEFAULT_REGISTER.fields.map((policy) => policy.field)).toEqual(FIELDS.map(({ code }) => code));
    expect(DEFAULT_REGISTER.fields.every(({ roles }) => POLICY_ROLES.every((role) => roles[role]))).toBe(true);
  });

  const cases: readonly [fault: RegisterFault, at: string, why: string, next: Register][] = [
    [
      'unknown-purpose',
      'profiling',
      'a function the code does not have',
      {
        ...DEFAULT_REGISTER,
        activities: [...DEFAULT_REGISTER.activities, { ...copyOf('marketing'), purpose: 'profiling' as never }],
      },
    ],
    [
      'duplicate-purpose',
      'marketing',
      'a function twice',
      { ...DEFAULT_REGISTER, activities: [...DEFAULT_REGISTER.activities, copyOf('marketing')] },
    ],
    ['unknown-basis', 'marketing', 'a ground outside the list', marketing({ basis: basis('L-LEGITIMATE-INTEREST') })],
    ['unknown-basis', 'marketing', 'a ground in other letters', marketing({ basis: basis('l-consent') })],
    ['unknown-basis', 'marketing', 'a name of the prototype', marketing({ basis: basis('__proto__') })],
    [
      'unknown-basis',
      'L-ANY',
      'allowing a ground outside the list',
      { ...DEFAULT_REGISTER, allowedBases: [basis('L-ANY')] },
    ],
    ['basis-not-allowed', 'marketing', 'a ground that is off', marketing({ basis: 'L-RESEARCH' })],
    [
      'basis-not-allowed',
      'subject-request',
      'rights of people by consent',
      withActivity('subject-request', { basis: 'L-CONSENT' }),
    ],
    [
      'basis-note-missing',
      'marketing',
      'another law without its name',
      marketing({ basis: 'L-OTHERLAW', basisNote: ' \t' }),
    ],
    [
      'unknown-field',
      'marketing',
      'a field smuggled in',
      marketing({ fields: [{ field: field('contact.idNumber'), consent: 'own' }] }),
    ],
    [
      'unknown-field',
      'marketing',
      'a name of the prototype',
      marketing({ fields: [{ field: field('constructor'), consent: 'own' }] }),
    ],
    [
      'unknown-field',
      'contact.idNumber',
      'a policy of a field nobody knows',
      {
        ...DEFAULT_REGISTER,
        fields: [...DEFAULT_REGISTER.fields, { ...DEFAULT_REGISTER.fields[0]!, field: field('contact.idNumber') }],
      },
    ],
    [
      'duplicate-field',
      'marketing',
      'a field twice, by two consents',
      marketing({
        fields: [
          { field: 'contact.name', consent: 'own' },
          { field: 'contact.name', consent: 'with-purpose' },
        ],
      }),
    ],
    [
      'duplicate-field',
      'fields',
      'two policies of a field',
      { ...DEFAULT_REGISTER, fields: [...DEFAULT_REGISTER.fields, DEFAULT_REGISTER.fields[0]!] },
    ],
    [
      'sensitive-needs-separate',
      'marketing',
      'an address by general consent',
      marketing({ fields: [{ field: 'contact.address', consent: 'with-purpose' }] }),
    ],
    [
      'sensitive-needs-separate',
      'marketing',
      'an address by ordinary consent',
      marketing({ fields: [{ field: 'contact.address', consent: 'own' }] }),
    ],
    [
      'sensitive-needs-separate',
      'customer-relations',
      'a tier that was raised',
      withPolicy('contact.mobile', { tier: 'T3' }),
    ],
    [
      'sensitive-needs-separate',
      'marketing',
      'messages outside of the conversation',
      marketing({ fields: [{ field: 'chat.message', consent: 'with-purpose' }] }),
    ],
    [
      'sensitive-needs-separate',
      'support-conversation',
      'the conversation made extended',
      withActivity('support-conversation', { kind: 'extended' }),
    ],
    [
      'basic-with-own-consent',
      'support-conversation',
      'a basic function in pieces',
      withActivity('support-conversation', { fields: [{ field: 'contact.name', consent: 'own' }] }),
    ],
    [
      'missing-purpose',
      'marketing',
      'a function left out',
      { ...DEFAULT_REGISTER, activities: DEFAULT_REGISTER.activities.filter(({ purpose }) => purpose !== 'marketing') },
    ],
    [
      'missing-purpose',
      'subject-request',
      'a legal duty switched off',
      withActivity('subject-request', { enabled: false }),
    ],
    [
      'missing-field',
      'contact.name',
      'a field without policy',
      { ...DEFAULT_REGISTER, fields: DEFAULT_REGISTER.fields.filter((one) => one.field !== 'contact.name') },
    ],
    ['tier-below-law', 'contact.address', 'an address as ordinary data', withPolicy('contact.address', { tier: 'T2' })],
    ['tier-below-law', 'chat.message', 'messages as ordinary data', withPolicy('chat.message', { tier: 'T1' })],
    ['tier-below-law', 'contact.name', 'a tier that does not exist', withPolicy('contact.name', { tier: tier('T0') })],
    ['retention-out-of-range', 'marketing', 'no time', marketing({ retainMonths: 0 })],
    ['retention-out-of-range', 'marketing', 'half a month', marketing({ retainMonths: 0.5 })],
    ['retention-out-of-range', 'marketing', 'for ever', marketing({ retainMonths: 241 })],
    ['retention-out-of-range', 'marketing', 'not a number', marketing({ retainMonths: Number.NaN })],
    [
      'retention-out-of-range',
      'security',
      'less than the floor of the network log',
      withActivity('security', { retainMonths: 5 }),
    ],
    [
      'retention-out-of-range',
      'marketing',
      'less than the floor of transactions',
      marketing({ retain: 'transaction' satisfies RetainFacet, retainMonths: 35 }),
    ],
    ['recipient-invalid', 'marketing', 'a recipient in words', marketing({ recipients: ['Acme Ltd'] })],
    ['recipient-invalid', 'marketing', 'two recipients in one', marketing({ recipients: ['acme/other'] })],
    ['recipient-invalid', 'marketing', 'a nameless recipient', marketing({ recipients: [''] })],
  ];

  it.each(cases)('P-0302 is refused: %s at %s, %s', (fault, at, _why, next) => {
    expect(faultsOf(next)).toContainEqual({ fault, at });
  });

  it('P-0302 every fault of the closed list has a case here', () => {
    const all: Record<RegisterFault, true> = {
      'unknown-purpose': true,
      'duplicate-purpose': true,
      'unknown-basis': true,
      'basis-not-allowed': true,
      'basis-note-missing': true,
      'unknown-field': true,
      'duplicate-field': true,
      'sensitive-needs-separate': true,
      'basic-with-own-consent': true,
      'missing-purpose': true,
      'missing-field': true,
      'tier-below-law': true,
      'retention-out-of-range': true,
      'recipient-invalid': true,
    };
    expect(new Set(cases.map(([fault]) => fault))).toEqual(new Set(Object.keys(all)));
  });

  it('P-0402 a tier may be raised where the field is asked for separately', () => {
    const separately = ({ fields }: Activity) =>
      fields.map((entry) => (entry.field === 'contact.mobile' ? { ...entry, consent: 'separate' as const } : entry));
    const activities = DEFAULT_REGISTER.activities.map((one) =>
      one.kind === 'extended' ? { ...one, fields: separately(one) } : one,
    );
    expect(faultsOf({ ...withPolicy('contact.mobile', { tier: 'T3' }), activities })).toEqual([]);
  });
});

describe('grounds', () => {
  it('P-0111 P-0617 are thirteen, and a word outside the list is none', () => {
    expect(new Set(LAWFUL_BASES).size).toBe(13);
    for (const word of ['', 'L-OTHER', 'l-consent', 'L-CONSENT ', '__proto__', null, undefined, 0, ['L-CONSENT']]) {
      expect(isLawfulBasis(word)).toBe(false);
    }
  });

  it('P-0111 C-21 of which three are off until the workspace allows them by name', () => {
    expect([...BASES_OFF_BY_DEFAULT].sort()).toEqual(['L-NEWS', 'L-RESEARCH', 'L-STABILITY']);
    expect(DEFAULT_REGISTER.allowedBases).toEqual([]);
    for (const off of BASES_OFF_BY_DEFAULT) {
      expect(faultsOf(marketing({ basis: off }))).toEqual([{ fault: 'basis-not-allowed', at: 'marketing' }]);
      expect(faultsOf({ ...marketing({ basis: off }), allowedBases: [off] })).toEqual([]);
    }
  });

  it('P-0111 another law has its name beside it', () => {
    expect(faultsOf(marketing({ basis: 'L-OTHERLAW', basisNote: 'E-Commerce Law, article 31' }))).toEqual([]);
  });
});

describe('fields', () => {
  it('P-0401 C-37 P-0404 what the policies call sensitive is of the highest tier: content, files, whereabouts, address', () => {
    const sensitive = FIELDS.filter(({ kind }) =>
      /^(content|location|finance|minors)\.|^contact\.address$|document/.test(kind),
    );
    expect(sensitive.map(({ code }) => code)).toEqual([
      'chat.message',
      'chat.note',
      'contact.address',
      'media.voice',
      'media.picture',
      'media.video',
      'media.file',
      'media.location',
    ]);
    expect(sensitive.filter((one) => one.tier !== 'T3')).toEqual([]);
    expect(FIELDS.filter((one) => one.tier === 'T1')).toEqual([]);
  });

  it('P-0401 have one code each, and no word of the prototype is one', () => {
    expect(new Set(FIELDS.map(({ code }) => code)).size).toBe(FIELDS.length);
    for (const word of ['constructor', '__proto__', 'toString', '', 'contact', 'contact.NAME', 'contact.name ']) {
      expect(fieldDefinition(word)).toBeUndefined();
    }
  });

  it('P-1004 C-26 contact data is masked for every role until it is revealed', () => {
    const contact = DEFAULT_REGISTER.fields.filter(({ field: code }) => code.startsWith('contact.'));
    expect(contact).toHaveLength(5);
    for (const { roles } of contact)
      expect(new Set(POLICY_ROLES.map((role) => roles[role]))).toEqual(new Set(['masked']));
  });

  it('P-0104 C-42 F-0313 each kind of media is a function of its own', () => {
    for (const { code } of FIELDS.filter((one) => one.code.startsWith('media.'))) {
      const using = DEFAULT_REGISTER.activities.filter(
        ({ kind, fields }) => kind === 'extended' && fields.some((entry) => entry.field === code),
      );
      expect(using.map(({ fields }) => fields)).toEqual([[{ field: code, consent: 'separate' }]]);
    }
  });
});
