import type { KeyService } from '@libs/privacy';
import { describe, expect, it } from 'vitest';
import { openFieldCipher } from './field-cipher.js';

describe('the cipher of a process', () => {
  it.each([
    { by: 'libsodium', told: [] },
    { by: 'openssl', told: ['platform.libsodium-missing'] },
  ] as const)('an operator is told of a machine that seals with $by: $told', ({ by, told }) => {
    const lines: string[] = [];
    openFieldCipher({} as KeyService, { warn: (event) => lines.push(event) }, { by });
    expect(lines).toEqual(told);
  });
});
