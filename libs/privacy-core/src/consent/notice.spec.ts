import { describe, expect, it } from 'vitest';
import { PURPOSES } from '../declaration/facets.js';
import type { Activity, Register } from '../register/activity.js';
import { DEFAULT_REGISTER } from '../register/default-register.js';
import { FIELDS } from '../register/fields.js';
import { scopesOf } from './act.js';
import { noticeText } from './notice.js';
import { NOTICE_WORDS } from './notice-words.js';

const LOCALES = Object.keys(NOTICE_WORDS) as (keyof typeof NOTICE_WORDS)[];

function withCrm(change: Partial<Activity>): Register {
  const activities = DEFAULT_REGISTER.activities.map((one) =>
    one.purpose === 'customer-relations' ? { ...one, ...change } : one,
  );
  return { ...DEFAULT_REGISTER, activities };
}

const WITH_ACME = withCrm({ recipients: ['acme', 'other'] });

describe.each(LOCALES)('the text of a choice in %s', (locale) => {
  const words = NOTICE_WORDS[locale];
  const text = (scope: string, register = DEFAULT_REGISTER) => noticeText(register, scope, words, 'Shop');

  it('P-0102 has a word for every purpose and field', () => {
    expect(Object.keys(words.purpose).sort()).toEqual([...PURPOSES].sort());
    expect(Object.keys(words.field).sort()).toEqual(FIELDS.map(({ code }) => code).sort());
    const all = [...Object.values(words.purpose), ...Object.values(words.field)];
    expect(all.filter((word) => word.trim() === '')).toEqual([]);
  });

  it('P-0102 exists for every scope the register asks for, complete and different from every other', () => {
    const texts = [...scopesOf(WITH_ACME)].map((scope) => text(scope, WITH_ACME));
    expect(texts.every((one) => one !== undefined && !/[{}]|undefined/.test(one))).toBe(true);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('P-0402 names only what the scope is about', () => {
    const mobile = text('field/customer-relations/contact.mobile')!;
    expect(mobile).toContain(words.field['contact.mobile']);
    for (const other of ['contact.email', 'contact.wechat', 'contact.address']) {
      expect(mobile).not.toContain(`: ${words.field[other]}`);
      expect(mobile).not.toContain(`您的${words.field[other]}`);
    }
    expect(text('sensitive/customer-relations/contact.address')).toContain(words.separate);
    expect(text('guardian/customer-relations')).toContain(words.guardian);
  });

  it('P-0103 does not exist for a scope the register does not have', () => {
    const unknown = [
      'sensitive/customer-relations/contact.mobile',
      'field/customer-relations/contact.address',
      'purpose/voice-message',
      'purpose/security',
      'provide/acme',
      'publish/contact.name',
      'purpose/nothing',
      '__proto__',
      '',
    ];
    expect(unknown.map((scope) => text(scope))).toEqual(unknown.map(() => undefined));
  });

  it('P-0903 of giving to another names that one, what protects it and what remains a risk, and nobody else', () => {
    const provide = text('provide/acme', WITH_ACME)!;
    expect(provide).toContain('acme');
    expect(provide).not.toContain('other');
    expect(provide).toContain(words.provide.replaceAll('{recipient}', 'acme'));
    expect(provide).toContain(words.purpose['customer-relations']);
  });

  it('P-0104 C-35 says what withdrawing costs: the service for a basic function, only itself for another', () => {
    expect(text('purpose/support-conversation')).toContain(words.withdrawBasic);
    expect(text('purpose/customer-relations')).toContain(words.withdraw);
  });

  it('P-0103 is the same for the same version and another one when anything in it changes', () => {
    const scope = 'purpose/customer-relations';
    expect(text(scope)).toBe(text(scope, structuredClone(DEFAULT_REGISTER)));
    const changes: Partial<Activity>[] = [
      { retainMonths: 25 },
      { recipients: ['acme'] },
      { fields: [{ field: 'contact.email', consent: 'with-purpose' }] },
      { kind: 'basic' },
    ];
    const texts = changes.map((change) => text(scope, withCrm(change)));
    expect(new Set([text(scope), ...texts]).size).toBe(changes.length + 1);
  });

  it('P-0102 takes the name of a workspace as it is, pattern or not', () => {
    const named = noticeText(DEFAULT_REGISTER, 'purpose/customer-relations', words, '{purpose} $& $1 {__proto__}');
    expect(named).toContain('{purpose} $& $1 {__proto__}');
  });
});
