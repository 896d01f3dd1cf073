import type { RegisterActivity, RegisterContent, RegisterFieldPolicy } from '@libs/contracts';
import { describe, expect, it } from 'vitest';
import { differences } from './register-diff.js';
import { changeField, parseRecipients, tightened, withActivity, withFields } from './register-edit.js';

const activity: RegisterActivity = {
  purpose: 'marketing',
  kind: 'extended',
  enabled: false,
  basis: 'L-CONSENT',
  basisNote: '',
  fields: [
    { field: 'contact.name', consent: 'with-purpose' },
    { field: 'contact.mobile', consent: 'own' },
  ],
  recipients: [],
  retain: 'profile',
  retainMonths: 12,
  consentVersion: 1,
};
const policy: RegisterFieldPolicy = {
  field: 'contact.mobile',
  tier: 'T2',
  roles: { owner: 'masked', admin: 'masked', supervisor: 'masked', agent: 'masked', 'privacy-officer': 'plain' },
};
const register: RegisterContent = { activities: [activity], fields: [policy], allowedBases: [] };

describe('differences of registers', () => {
  it('P-0202 finds none in the same register, whatever the order of its parts', () => {
    const turned = withActivity(register, { ...activity, fields: [...activity.fields].reverse(), consentVersion: 9 });
    expect(differences(register, turned)).toEqual([]);
  });

  it('P-0202 names place, aspect and both sides', () => {
    const next = withActivity(register, { ...activity, enabled: true, retainMonths: 24 });
    expect(differences(register, next)).toEqual([
      { about: 'activity', at: 'marketing', aspect: 'enabled', before: 'false', after: 'true' },
      { about: 'activity', at: 'marketing', aspect: 'retainMonths', before: '12', after: '24' },
    ]);
  });

  it('P-0202 names entries that came or went, roles and bases', () => {
    const changes = changeField({}, policy, { roles: { agent: 'plain' } });
    const next = { ...withFields(register, changes), activities: [], allowedBases: ['L-NEWS'] };
    expect(differences(register, next).map(({ aspect, before, after }) => [aspect, before, after])).toEqual([
      ['whole', 'marketing', ''],
      ['role:agent', 'masked', 'plain'],
      ['allowedBases', '', 'L-NEWS'],
    ]);
  });
});

describe('editing the register', () => {
  it('P-0201 a cell that is set back is no change', () => {
    const opened = changeField({}, policy, { roles: { agent: 'plain' } });
    expect(opened).toEqual({ 'contact.mobile': { ...policy, roles: { ...policy.roles, agent: 'plain' } } });
    expect(changeField(opened, policy, { roles: { agent: 'masked' } })).toEqual({});
  });

  it('P-0201 keeps cells of the same field together', () => {
    const twice = changeField(changeField({}, policy, { roles: { agent: 'none' } }), policy, { tier: 'T3' });
    expect(withFields(register, twice).fields).toEqual([
      { ...policy, tier: 'T3', roles: { ...policy.roles, agent: 'none' } },
    ]);
  });

  it('P-1007 what shows nobody more is told apart from what needs a second person', () => {
    const mixed = changeField({}, policy, { roles: { agent: 'plain', owner: 'none' } });
    const closed = { ...policy, roles: { ...policy.roles, owner: 'none' } };
    expect(tightened(register, mixed)).toEqual({ 'contact.mobile': closed });
    expect(tightened(register, changeField({}, policy, { roles: { agent: 'plain' } }))).toEqual({});
    expect(tightened(register, changeField({}, policy, { tier: 'T3' }))).toMatchObject({
      'contact.mobile': { tier: 'T3' },
    });
    expect(tightened(register, changeField({}, policy, { tier: 'T1' }))).toEqual({});
  });

  it('P-1007 an approval says enough to be applied later: both parts together are the whole change', () => {
    const mixed = changeField({}, policy, { roles: { agent: 'plain', owner: 'none' } });
    const whole = changeField(mixed, policy, { tier: 'T1' });
    const tight = withFields(register, tightened(register, whole));
    // What waits for a second person is asked for over the register that is tightened already.
    expect(withFields(tight, whole)).toEqual(withFields(register, whole));
  });

  it('P-0201 an edit over a newer version keeps what others changed', () => {
    const newer = { ...register, allowedBases: ['L-NEWS'] };
    expect(withActivity(newer, { ...activity, enabled: true })).toMatchObject({
      allowedBases: ['L-NEWS'],
      activities: [{ enabled: true }],
    });
  });

  it('P-0201 reads codes of recipients with commas of either script', () => {
    expect(parseRecipients(' sms-gate，courier, courier、 ')).toEqual(['sms-gate', 'courier']);
  });
});
