import { DEFAULT_REGISTER, type PersonConsents, type Register, stateOf } from '@libs/privacy-core';
import { describe, expect, it } from 'vitest';
import { choiceList } from './choice-list.js';

const NOBODY: PersonConsents = { own: new Map(), linked: [], guarded: false };
const of = (more: Partial<Parameters<typeof choiceList>[0]> = {}) =>
  choiceList({
    register: DEFAULT_REGISTER,
    person: NOBODY,
    locale: 'zh-CN',
    seen: () => 'mark',
    asked: new Set(),
    ...more,
  });
const changed = (purpose: string, change: object): Register => ({
  ...DEFAULT_REGISTER,
  activities: DEFAULT_REGISTER.activities.map((one) => (one.purpose === purpose ? { ...one, ...change } : one)),
});

describe('choiceList', () => {
  it('P-0102 F-1501 has one entry for each scope a person decides on, none of them decided beforehand', () => {
    const choices = of();
    expect(choices.map(({ scope }) => scope)).toEqual([
      'purpose/support-conversation',
      'purpose/customer-relations',
      'field/customer-relations/contact.mobile',
      'field/customer-relations/contact.email',
      'field/customer-relations/contact.wechat',
      'sensitive/customer-relations/contact.address',
      'sensitive/voice-message/media.voice',
      'sensitive/picture-message/media.picture',
      'sensitive/video-message/media.video',
      'sensitive/file-message/media.file',
      'sensitive/location-message/media.location',
    ]);
    for (const choice of choices) expect(choice).toMatchObject({ state: 'none', decidedAt: null, asked: false });
    expect(choices.filter(({ kind }) => kind === 'basic').map(({ title }) => title)).toEqual(['在线客服']);
  });

  it('F-1502 names each by its field, or by its function where that has one choice only', () => {
    const title = (scope: string, locale: 'zh-CN' | 'en') => {
      const { group, title: own } = of({ locale }).find((choice) => choice.scope === scope)!;
      return [group, own];
    };
    expect(title('field/customer-relations/contact.mobile', 'zh-CN')).toEqual(['客户档案', '手机号']);
    expect(title('field/customer-relations/contact.mobile', 'en')).toEqual(['Your customer record', 'Mobile number']);
    expect(title('sensitive/voice-message/media.voice', 'zh-CN')).toEqual(['语音消息', '语音消息']);
    expect(title('purpose/customer-relations', 'en')).toEqual(['Your customer record', 'Your customer record']);
  });

  it('P-0105 separate consents are marked; what is off, or rests on another ground, is not asked', () => {
    expect(of().filter(({ type }) => type === 'separate')).toHaveLength(6);
    const without = of({ register: changed('voice-message', { enabled: false }) });
    expect(without.some(({ purpose }) => purpose === 'voice-message')).toBe(false);
    const contract = of({ register: changed('customer-relations', { basis: 'L-CONTRACT' }) });
    expect(contract.some(({ purpose }) => purpose === 'customer-relations')).toBe(false);
  });

  it('a guardian is asked only where there is one, a recipient by its name', () => {
    expect(of().some(({ type }) => type === 'guardian')).toBe(false);
    const guarded = of({ person: { ...NOBODY, guarded: true } });
    expect(guarded.filter(({ type }) => type === 'guardian')).toHaveLength(7);
    const register = changed('customer-relations', { recipients: ['courier'] });
    expect(of({ register }).find(({ scope }) => scope === 'provide/courier')).toMatchObject({
      ...{ type: 'separate', purpose: 'customer-relations', title: '提供给courier' },
    });
  });

  it('P-0103 P-0104 tells agreed, refused, withdrawn and superseded apart', () => {
    const own = stateOf([
      { scope: 'purpose/customer-relations', decision: 'grant', version: 1, at: 5 },
      { scope: 'field/customer-relations/contact.mobile', decision: 'refuse', version: 0, at: 6 },
      { scope: 'sensitive/voice-message/media.voice', decision: 'grant', version: 1, at: 6 },
      { scope: 'sensitive/voice-message/media.voice', decision: 'withdraw', version: 0, at: 7 },
    ]);
    const person = { ...NOBODY, own };
    const states = (register: Register) =>
      Object.fromEntries(of({ register, person }).map(({ scope, state, decidedAt }) => [scope, [state, decidedAt]]));
    expect(states(DEFAULT_REGISTER)).toMatchObject({
      'purpose/customer-relations': ['granted', 5],
      'field/customer-relations/contact.mobile': ['refused', 6],
      'sensitive/voice-message/media.voice': ['withdrawn', 7],
      'sensitive/file-message/media.file': ['none', null],
    });
    expect(states(changed('customer-relations', { consentVersion: 2 }))['purpose/customer-relations']).toEqual([
      ...['superseded', 5],
    ]);
  });
});
