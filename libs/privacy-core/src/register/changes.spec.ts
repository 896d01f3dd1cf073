import { describe, expect, it } from 'vitest';
import { forSeeds, someRegister } from '../testing/seeded.js';
import { type Activity, type FieldPolicy, POLICY_ROLES, type Register, type Visibility } from './activity.js';
import { needsFreshConsent, withConsentVersions } from './changes.js';
import { DEFAULT_REGISTER } from './default-register.js';
import type { FieldCode } from './fields.js';
import { loosened, loosenings } from './loosening.js';

const CRM = DEFAULT_REGISTER.activities.find(({ purpose }) => purpose === 'customer-relations')!;
const OFF = { ...CRM, enabled: false };
const fresh = (change: Partial<Activity>, before: Activity = CRM) => needsFreshConsent(before, { ...CRM, ...change });

function withCrm(change: Partial<Activity>, from: Register = DEFAULT_REGISTER): Register {
  const activities = from.activities.map((one) => (one.purpose === CRM.purpose ? { ...one, ...change } : one));
  return { ...from, activities };
}

function withPolicy(field: FieldCode, change: (policy: FieldPolicy) => FieldPolicy): Register {
  const fields = DEFAULT_REGISTER.fields.map((one) => (one.field === field ? change(one) : one));
  return { ...DEFAULT_REGISTER, fields };
}

const seenBy = (field: FieldCode, role: string, visibility: Visibility) =>
  withPolicy(field, (policy) => ({ ...policy, roles: { ...policy.roles, [role]: visibility } }));

describe('consent has to be asked for again', () => {
  it.each<[string, Partial<Activity>]>([
    ['a field more', { fields: [...CRM.fields, { field: 'media.location', consent: 'separate' }] }],
    [
      'a field asked for in another way',
      { fields: CRM.fields.map(({ field }) => ({ field, consent: 'with-purpose' })) },
    ],
    ['another ground', { basis: 'L-CONTRACT' }],
    ['basic instead of extended', { kind: 'basic' }],
    ['kept longer', { retainMonths: CRM.retainMonths + 1 }],
    ['kept by another schedule', { retain: 'conversation' }],
    ['one more recipient', { recipients: ['acme'] }],
  ])('P-0103 for %s', (_what, change) => {
    expect(fresh(change)).toBe(true);
  });

  it('P-0103 when a function comes anew or is switched on', () => {
    expect(needsFreshConsent(undefined, CRM)).toBe(true);
    expect(fresh({}, OFF)).toBe(true);
  });

  it.each<[string, Partial<Activity>]>([
    ['nothing', {}],
    ['a field less', { fields: CRM.fields.slice(1) }],
    ['another order', { fields: [...CRM.fields].reverse() }],
    ['kept for less', { retainMonths: 1 }],
    ['switched off', { enabled: false }],
    ['another note', { basisNote: 'as agreed' }],
  ])('P-0103 not for %s', (_what, change) => {
    expect(fresh(change)).toBe(false);
  });

  it('P-0103 one recipient less is no new one', () => {
    expect(fresh({ recipients: ['acme'] }, { ...CRM, recipients: ['acme', 'other'] })).toBe(false);
    expect(fresh({ recipients: ['other'] }, { ...CRM, recipients: ['acme'] })).toBe(true);
  });
});

describe('versions of functions', () => {
  const versionOf = (register: Register) =>
    register.activities.find(({ purpose }) => purpose === CRM.purpose)!.consentVersion;

  it('P-0103 rise with what people did not agree to, whatever number the caller sends', () => {
    const more = withCrm({ recipients: ['acme'], consentVersion: 1 });
    expect(versionOf(withConsentVersions(DEFAULT_REGISTER, more))).toBe(2);
    expect(versionOf(withConsentVersions(DEFAULT_REGISTER, withCrm({ consentVersion: 99 })))).toBe(1);
    expect(versionOf(withConsentVersions(DEFAULT_REGISTER, withCrm({ consentVersion: 0 })))).toBe(1);
  });

  it('P-0103 never fall, so what was taken away and put back is asked for anew', () => {
    const less = withConsentVersions(DEFAULT_REGISTER, withCrm({ fields: CRM.fields.slice(1) }));
    expect(versionOf(withConsentVersions(less, withCrm({ fields: CRM.fields }, less)))).toBe(2);
    forSeeds(200, (seeded) => {
      const [before, next] = [someRegister(seeded), someRegister(seeded)];
      const after = withConsentVersions(before, next);
      for (const [index, { consentVersion }] of after.activities.entries()) {
        expect(consentVersion - before.activities[index]!.consentVersion).toBeOneOf([0, 1]);
      }
    });
  });

  it('P-0202 the same instructions again change nothing', () => {
    expect(withConsentVersions(DEFAULT_REGISTER, DEFAULT_REGISTER)).toEqual(DEFAULT_REGISTER);
    expect(loosened(DEFAULT_REGISTER, structuredClone(DEFAULT_REGISTER))).toEqual([]);
  });
});

describe('a second person decides', () => {
  it('P-1007 P-1004 when any role would see more of a field than before', () => {
    for (const role of POLICY_ROLES) {
      expect(loosened(DEFAULT_REGISTER, seenBy('contact.mobile', role, 'plain'))).toEqual(['contact.mobile']);
    }
    expect(loosened(seenBy('chat.message', 'agent', 'none'), DEFAULT_REGISTER)).toEqual(['chat.message']);
    expect(loosened(seenBy('chat.message', 'agent', 'none'), seenBy('chat.message', 'agent', 'masked'))).toEqual([
      'chat.message',
    ]);
  });

  it('P-1007 also when another role sees less in exchange', () => {
    const roles = { agent: 'plain', admin: 'none' } as const;
    const next = withPolicy('contact.mobile', (policy) => ({ ...policy, roles: { ...policy.roles, ...roles } }));
    expect(loosened(DEFAULT_REGISTER, next)).toEqual(['contact.mobile']);
  });

  it('P-1007 when a tier goes down', () => {
    const raised = withPolicy('contact.mobile', (policy) => ({ ...policy, tier: 'T3' }));
    expect(loosened(raised, DEFAULT_REGISTER)).toEqual(['contact.mobile']);
    expect(loosened(DEFAULT_REGISTER, raised)).toEqual([]);
  });

  it('P-1007 P-0111 when a function may now use a field without asking the person', () => {
    const expected = CRM.fields.map(({ field }) => field).sort();
    const contract = withCrm({ basis: 'L-CONTRACT' });
    expect([...loosened(DEFAULT_REGISTER, contract)].sort()).toEqual(expected);
    expect([...loosened(withCrm({ basis: 'L-CONTRACT', enabled: false }), contract)].sort()).toEqual(expected);
    const less = withCrm({ basis: 'L-CONTRACT', fields: CRM.fields.slice(1) });
    expect(loosened(less, contract)).toEqual(['contact.name']);
    expect(loosened(contract, DEFAULT_REGISTER)).toEqual([]);
    expect(loosened(contract, withCrm({ basis: 'L-PUBLIC' }))).toEqual([]);
    // Open of those too who left and wait for their erasure.
    const duty = withCrm({ basis: 'L-LEGALDUTY' });
    expect([...loosened(contract, duty)].sort()).toEqual(expected);
    expect(loosened(duty, duty)).toEqual([]);
    expect(loosened(duty, contract)).toEqual([]);
  });

  it('P-1007 each way is named with both sides: roles, tier, and the ground of a function', () => {
    const next = withPolicy('contact.mobile', (policy) => ({
      ...policy,
      tier: 'T2',
      roles: { ...policy.roles, agent: 'plain', admin: 'none' },
    }));
    const before = withPolicy('contact.mobile', (policy) => ({ ...policy, tier: 'T3' }));
    const mobile = { field: 'contact.mobile' } as const;
    expect(loosenings(before, next)).toEqual([
      { ...mobile, aspect: 'role', of: 'agent', before: 'masked', after: 'plain' },
      { ...mobile, aspect: 'tier', of: '', before: 'T3', after: 'T2' },
    ]);
    const contract = withCrm({ basis: 'L-CONTRACT' });
    const name = { field: 'contact.name', aspect: 'purpose', of: CRM.purpose, after: 'L-CONTRACT' };
    expect(loosenings(DEFAULT_REGISTER, contract)).toContainEqual({ ...name, before: 'L-CONSENT' });
    expect(loosenings(withCrm({ enabled: false }), contract)).toContainEqual({ ...name, before: 'off' });
  });

  it('P-1007 not when everybody sees less', () => {
    expect(loosened(DEFAULT_REGISTER, seenBy('chat.message', 'agent', 'none'))).toEqual([]);
  });
});
