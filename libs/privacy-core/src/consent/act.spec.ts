import { describe, expect, it } from 'vitest';
import type { Register } from '../register/activity.js';
import { DEFAULT_REGISTER } from '../register/default-register.js';
import { checkGrant, checkScope, type GrantAct, isFault, scopesOf, typeOf, versionOf } from './act.js';
import { parseScope } from './scope.js';

const SCOPE = 'field/customer-relations/contact.mobile';
const HASH = 'ab'.repeat(32);
const act: GrantAct = { scope: SCOPE, granted: true, version: 2, noticeHash: HASH };

const REGISTER: Register = {
  ...DEFAULT_REGISTER,
  activities: DEFAULT_REGISTER.activities.map((one) =>
    one.purpose === 'customer-relations' ? { ...one, consentVersion: 2, recipients: ['acme'] } : one,
  ),
};
const check = (change: Partial<Record<keyof GrantAct, unknown>>) =>
  checkGrant(REGISTER, { ...act, ...change }, (scope) => (scope === SCOPE ? HASH : `other ${scope}`));

describe('an act of agreeing', () => {
  it('P-0102 that is express, about one scope and the text in force is accepted', () => {
    expect(check({})).toBeUndefined();
  });

  it.each([[undefined], [null], [false], ['true'], [1], ['on'], [{}], [[true]], [new Boolean(true)]])(
    'P-0102 C-06 granted: %j is no agreement',
    (granted) => {
      expect(check({ granted })).toBe('consent-not-express');
    },
  );

  it('P-0102 C-06 nor is leaving it out', () => {
    const { granted: _, ...silent } = act;
    expect(checkGrant(REGISTER, silent as GrantAct, () => HASH)).toBe('consent-not-express');
  });

  it.each([
    [[SCOPE, 'purpose/customer-relations']],
    [[SCOPE]],
    [[]],
    [`${SCOPE},purpose/customer-relations`],
    [`${SCOPE};purpose/customer-relations`],
    [`${SCOPE} purpose/customer-relations`],
    [`${SCOPE}\n`],
  ])('P-0105 %j is a bundle', (scope) => {
    expect(check({ scope })).toBe('consent-bundled');
  });

  it.each([
    ['purpose/marketing'],
    ['purpose/security'],
    ['sensitive/customer-relations/contact.mobile'],
    ['field/customer-relations/contact.address'],
    ['purpose/voice-message'],
    ['provide/other'],
    ['__proto__'],
    [undefined],
    [{ 0: SCOPE }],
    [new Set([SCOPE])],
    ['x'.repeat(10_000)],
  ])('P-0102 %j is nothing this register asks for', (scope) => {
    expect(check({ scope })).toBe('consent-scope-unknown');
  });

  it('P-0103 P-0101 an older version is superseded, one that does not exist is unknown', () => {
    expect(check({ version: 1 })).toBe('policy-superseded');
    expect(check({ version: -1 })).toBe('policy-superseded');
    for (const version of [3, 1.5, '2', null, undefined, Number.NaN, Number.POSITIVE_INFINITY, [2], 2n]) {
      expect(check({ version }), String(version)).toBe('notice-unknown');
    }
  });

  it('P-0102 another text than the one in force is unknown', () => {
    for (const noticeHash of ['', HASH.toUpperCase(), `${HASH} `, undefined, null, [HASH], 0]) {
      expect(check({ noticeHash }), String(noticeHash)).toBe('notice-unknown');
    }
  });

  it('P-0105 refusals are told from scopes, whatever the caller sends', () => {
    expect(isFault(checkScope(REGISTER, SCOPE))).toBe(false);
    expect(isFault(checkScope(REGISTER, 'nothing'))).toBe(true);
  });
});

describe('what the register asks for', () => {
  it('P-0302 is every scope that a function which is on rests on, each of one type and the version of its function', () => {
    const scopes = scopesOf(REGISTER);
    expect([...scopes].filter((scope) => !parseScope(scope))).toEqual([]);
    expect(scopes.has('provide/acme')).toBe(true);
    expect([...scopes].filter((scope) => scope.includes('/marketing'))).toEqual([]);
    expect(
      [...scopes].filter((scope) => /\/(security|legal-duty|subject-request|service-account)/.test(scope)),
    ).toEqual([]);
    expect([typeOf(SCOPE), typeOf('provide/acme'), typeOf('guardian/marketing'), typeOf('x')]).toEqual([
      'ordinary',
      'separate',
      'guardian',
      undefined,
    ]);
    expect([
      versionOf(REGISTER, SCOPE),
      versionOf(REGISTER, 'purpose/support-conversation'),
      versionOf(REGISTER, 'x'),
    ]).toEqual([2, 1, 0]);
  });

  it('P-0302 is nothing for a function that needs nothing', () => {
    const activities = REGISTER.activities.map((one) => ({ ...one, fields: [] }));
    expect([...scopesOf({ ...REGISTER, activities })]).toEqual([]);
  });
});
