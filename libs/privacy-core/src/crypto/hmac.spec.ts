import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { forSeeds } from '../testing/seeded.js';
import { hmacSha256 } from './hmac.js';

describe('HMAC-SHA256', () => {
  it('P-1002 is node’s own for keys and messages of every length, whatever was hashed before', () => {
    forSeeds(600, (seeded) => {
      const key = Buffer.from(seeded.text(90));
      const message = Buffer.from(seeded.text(200));
      expect(hmacSha256(key, message)).toEqual(createHmac('sha256', key).update(message).digest());
    });
    for (const [keyBytes, bytes] of [
      [0, 0],
      [32, 256],
      [32, 257],
      [64, 5_000],
      [65, 1],
    ] as const) {
      const [key, message] = [Buffer.alloc(keyBytes, 7), Buffer.alloc(bytes, 9)];
      expect(hmacSha256(key, message)).toEqual(createHmac('sha256', key).update(message).digest());
    }
  });
});
