import { DEFAULT_PREFERENCES } from '@libs/contracts';
import { describe, expect, it } from 'vitest';
import { checkSettings, settingsFrom } from './preference-settings.js';

describe('settings of a member', () => {
  it.each([
    ['locale', 'fr'],
    ['theme', 'pink'],
    ['sendKey', 'space'],
    ['singleKeys', 'yes'],
    ['sounds', 1],
    ['quietHours', { from: 60, to: 60 }],
    ['quietHours', { from: -1, to: 60 }],
    ['quietHours', { from: 0, to: 1440 }],
    ['quietHours', { from: 0.5, to: 60 }],
    ['quietHours', 'always'],
    ['notify', { message: ['shout'] }],
    ['notify', []],
    ['notify', null],
  ])('refuse %s %j', (name, value) => {
    const ok = name === 'notify' && Array.isArray(value);
    expect(checkSettings({ [name]: value }).faults).toEqual(ok ? [] : [name]);
  });

  it('take what is named, in one order, and say nothing of the rest', () => {
    const { settings, faults } = checkSettings({ notify: { mention: ['desktop', 'centre', 'desktop'] }, other: 1 });
    expect(faults).toEqual([]);
    expect(settings).toEqual({ notify: { ...DEFAULT_PREFERENCES.notify, mention: ['centre', 'desktop'] } });
  });

  it('stand over what holds without them, whatever an older program has kept', () => {
    expect(settingsFrom(null)).toEqual(DEFAULT_PREFERENCES);
    expect(settingsFrom('{"theme":"dark","locale":"fr","density":9}')).toEqual({
      ...DEFAULT_PREFERENCES,
      theme: 'dark',
    });
  });
});
