import type { KeyService } from '@libs/privacy';
import { describe, expect, it } from 'vitest';
import { openFieldCipher } from './field-cipher.js';

describe('the cipher of a process', () => {
  const missing = new Error('Cannot load addon');

  it.each([
    { by: 'libsodium', told: [] },
    { by: 'openssl', told: [['platform.libsodium-missing', { err: missing }]] },
  ] as const)('what an operator is told of a machine that seals with $by', ({ by, told }) => {
    const lines: unknown[] = [];
    openFieldCipher({} as KeyService, { warn: (...line) => lines.push(line) }, { by, missing });
    expect(lines).toEqual(told);
  });
});
