import { ApiError } from '@libs/api-client';
import { describe, expect, it } from 'vitest';
import { en as availabilityEn } from '../availability/words/en.js';
import { zhCn as availabilityZh } from '../availability/words/zh-cn.js';
import { en as placeEn } from '../conversations/words/en.js';
import { zhCn as placeZh } from '../conversations/words/zh-cn.js';
import { en as hoursEn } from '../hours/words/en.js';
import { zhCn as hoursZh } from '../hours/words/zh-cn.js';
import { en as liveViewEn } from '../live-view/words/en.js';
import { zhCn as liveViewZh } from '../live-view/words/zh-cn.js';
import { en as pictureEn } from '../pictures/words/en.js';
import { zhCn as pictureZh } from '../pictures/words/zh-cn.js';
import { en as routingEn } from '../routing/words/en.js';
import { zhCn as routingZh } from '../routing/words/zh-cn.js';
import { en as teamsEn } from '../teams/words/en.js';
import { zhCn as teamsZh } from '../teams/words/zh-cn.js';
import { en as accountEn } from './account/en.js';
import { zhCn as accountZh } from './account/zh-cn.js';
import { en as aroundEn } from './around/en.js';
import { preferencesEn } from './around/preferences.en.js';
import { preferencesZhCn } from './around/preferences.zh-cn.js';
import { welcomeEn } from './around/welcome.en.js';
import { welcomeZhCn } from './around/welcome.zh-cn.js';
import { zhCn as aroundZh } from './around/zh-cn.js';
import { en as deskEn } from './desk/en.js';
import { zhCn as deskZh } from './desk/zh-cn.js';
import { errorText } from './error-text.js';
import { en as linksEn } from './links/en.js';
import { zhCn as linksZh } from './links/zh-cn.js';
import { en as listsEn } from './lists/en.js';
import { zhCn as listsZh } from './lists/zh-cn.js';
import { en as personalEn } from './personal/en.js';
import { zhCn as personalZh } from './personal/zh-cn.js';
import { en as settingsEn } from './settings/en.js';
import { zhCn as settingsZh } from './settings/zh-cn.js';
import { en as statesEn } from './states/en.js';
import { zhCn as statesZh } from './states/zh-cn.js';
import { en as workEn } from './team/en.js';
import { zhCn as workZh } from './team/zh-cn.js';
import { wordsFor } from './words.js';
import { en as writingEn } from './writing/en.js';
import { zhCn as writingZh } from './writing/zh-cn.js';

const zh = {
  ...wordsFor('zh-CN'),
  account: accountZh,
  availability: availabilityZh,
  place: placeZh,
  links: linksZh,
  hours: hoursZh,
  liveView: liveViewZh,
  picture: pictureZh,
  routing: routingZh,
  teams: teamsZh,
  around: aroundZh,
  welcome: welcomeZhCn,
  preferences: preferencesZhCn,
  personal: personalZh,
  desk: deskZh,
  settings: settingsZh,
  lists: listsZh,
  states: statesZh,
  work: workZh,
  writing: writingZh,
};
const en = {
  ...wordsFor('en'),
  account: accountEn,
  availability: availabilityEn,
  place: placeEn,
  links: linksEn,
  hours: hoursEn,
  liveView: liveViewEn,
  picture: pictureEn,
  routing: routingEn,
  teams: teamsEn,
  around: aroundEn,
  welcome: welcomeEn,
  preferences: preferencesEn,
  personal: personalEn,
  desk: deskEn,
  settings: settingsEn,
  lists: listsEn,
  states: statesEn,
  work: workEn,
  writing: writingEn,
};

function texts(words: object): [string, string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] => {
    if (typeof value === 'string') return [[key, value]];
    if (typeof value === 'function') return [[key, String(value(...sampleFor(key)))]];
    return texts(value as object);
  });
}

/** Sentences about several fields take a list. */
function sampleFor(key: string): readonly unknown[] {
  return /^(refused|closed|changed|off)Fields$|^loosened$/.test(key) ? [['A', 'B'], 2] : ['A', 'B', 'C'];
}

function keysOf(words: object, at = ''): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'object' ? keysOf(value as object, `${at}${key}.`) : [`${at}${key}`],
  );
}

describe('words', () => {
  it('are complete in both languages', () => {
    expect(keysOf(en).sort()).toEqual(keysOf(zh).sort());
    for (const [key, text] of [...texts(zh), ...texts(en)]) expect(text.trim(), key).not.toBe('');
  });

  it('hold no Chinese in English, no joined gap between Han and Latin in Chinese', () => {
    for (const [key, text] of texts(en)) expect(text, key).not.toMatch(/\p{Script=Han}/u);
    for (const [key, text] of texts(zh))
      expect(text, key).not.toMatch(/\p{Script=Han} [A-Za-z0-9]|[A-Za-z0-9] \p{Script=Han}/u);
  });

  it('do not shout and do not say 您 to an agent', () => {
    for (const [key, text] of [...texts(zh), ...texts(en)]) expect(text, key).not.toMatch(/[!！您]/u);
  });

  it('count in English as English does', () => {
    expect([en.unread(1), en.unread(2), en.unread(1200)]).toEqual([
      '1 unread message',
      '2 unread messages',
      '1,200 unread messages',
    ]);
  });
});

describe('too often', () => {
  const told = (details: Record<string, number>) =>
    errorText(new ApiError({ status: 429, code: 'chat.rate-limited', title: '', details }), { ...en, locale: 'en' });

  it('says when it goes on, where the server does, and no time of its own where it does not', () => {
    expect(told({ retryAfterMs: 61_000 })).toContain('in 2 minutes');
    expect(told({ retryAfterMs: 900 })).toContain('in a minute');
    expect(told({})).toContain('a little later');
  });
});
