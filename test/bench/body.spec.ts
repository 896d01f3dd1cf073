import { describe, expect, it } from 'vitest';
import { BODY_LENGTH, decodeBody, encodeBody } from '../../bench/body.mjs';

describe('message bodies of the benchmark', () => {
  it('carry sender, number and time of sending', () => {
    expect(decodeBody(encodeBody(499, 12_345, 123_456.789))).toEqual({
      visitor: 499,
      number: 12_345,
      sentAt: 123_456.789,
    });
  });

  it('are 120 ASCII characters, whatever they carry', () => {
    for (const body of [encodeBody(0, 1, 0), encodeBody(4999, 9_999_999, 999_999_999.999)]) {
      expect(body).toHaveLength(BODY_LENGTH);
      expect(Buffer.byteLength(body)).toBe(BODY_LENGTH);
    }
  });
});
