import { describe, expect, it } from 'vitest';
import { hashOf, teamName } from './team-name.js';

describe('names of teams', () => {
  it('F-0209 names that differ in case, width or spaces are one name', () => {
    expect(hashOf('Ｓales  Ａ')).toBe(hashOf('sales a'));
    expect(hashOf('售后')).not.toBe(hashOf('售前'));
    expect(teamName('  售后  一组 ').name).toBe('售后 一组');
  });

  it('F-0209 bad names are refused with their rule', () => {
    const rules = ['', '   ', 'x'.repeat(61), 'a\u202eb', 'a\nb'].map((name) => {
      try {
        teamName(name);
        return 'none';
      } catch (error) {
        return (error as { readonly details: { readonly rule: string } }).details.rule;
      }
    });
    expect(rules).toEqual(['isNotEmpty', 'isNotEmpty', 'maxLength', 'hiddenCharacter', 'controlCharacter']);
  });
});
