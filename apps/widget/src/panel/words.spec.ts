import { describe, expect, it } from 'vitest';
import { failureText, wordsFor } from './words.js';

describe('why a message was not sent', () => {
  const why = (code: string) => failureText(wordsFor('en'), code, '', 10_000, 3);

  it('F-0304 a workspace that has switched conversations off asks nobody to agree to anything', () => {
    expect(why('privacy.function-off')).toBe('Live chat is not available now');
    expect(why('privacy.consent-required')).toMatch(/after you agree/);
  });
});
