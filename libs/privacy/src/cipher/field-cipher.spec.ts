import { type KeyGroup, newKey } from '@libs/privacy-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { FieldKey } from '../key-ladder/field-key.js';
import { type FieldKeys, KeyedFieldCipher } from './field-cipher.js';
import { field } from './field-spec.js';

const SPEC = field('cipher_spec', 'mobile', 'contact', ['customer-relations'], 'contact.mobile');
const PLACE = ['tenant', 'person', SPEC, 'row'] as const;

/** Keys in memory, as the key service hands them out. */
class Keys implements FieldKeys {
  readonly column: FieldKey;
  erased = false;

  constructor(groupKey = newKey()) {
    this.column = new FieldKey(SPEC.label, groupKey);
  }

  keysFor(): Promise<void> {
    return Promise.resolve();
  }

  availableKeysFor() {
    return Promise.resolve({ erased: new Set<string>(), unknown: new Set<string>() });
  }

  fieldKey(_tenantId: string, _subjectId: string, _group: KeyGroup): FieldKey | undefined {
    return this.erased ? undefined : this.column;
  }
}

describe('a value that was opened before', () => {
  let keys: Keys;
  let cipher: KeyedFieldCipher;
  let sealed: Buffer;
  beforeEach(() => {
    keys = new Keys();
    cipher = new KeyedFieldCipher(keys);
    sealed = cipher.seal(...PLACE, '13812345678', 'customer-relations');
    expect(cipher.open(...PLACE, sealed, 'customer-relations')).toBe('13812345678');
  });

  it('P-1002 is not decrypted again, and a new one is', () => {
    // Only memory can answer: the key opens nothing any more.
    const bytes = Buffer.from(keys.column.bytes);
    newKey().copy(keys.column.bytes);
    expect(cipher.open(...PLACE, Buffer.from(sealed), 'customer-relations')).toBe('13812345678');
    bytes.copy(keys.column.bytes);
    const next = cipher.seal(...PLACE, '13900000000', 'customer-relations');
    expect(cipher.open(...PLACE, next, 'customer-relations')).toBe('13900000000');
  });

  it('P-1002 still opens in its own place and undamaged only', () => {
    const refused = expect.objectContaining({ code: 'privacy.ciphertext-invalid' });
    const open = (row: string, bytes: Buffer) => () =>
      cipher.open('tenant', 'person', SPEC, row, bytes, 'customer-relations');
    expect(open('another row', sealed)).toThrow(refused);
    const damaged = Buffer.from(sealed);
    damaged[20]! ^= 1;
    expect(open('row', damaged)).toThrow(refused);
  });

  it('P-0301 still wants its purpose and its key', () => {
    expect(() => cipher.open(...PLACE, sealed, 'marketing')).toThrow(
      expect.objectContaining({ code: 'privacy.purpose-undeclared' }),
    );
    keys.erased = true;
    expect(() => cipher.open(...PLACE, sealed, 'customer-relations')).toThrow(
      expect.objectContaining({ code: 'privacy.key-not-loaded' }),
    );
  });
});

describe('a value that was sealed by a program of another day', () => {
  const cipher = () => new KeyedFieldCipher(new Keys(Buffer.from('group key of 32 bytes, for ever.')));

  // Bytes of those programs, made once: form, key, place and cipher stay what they were then.
  it.each([
    ['at first', '0140d7828d4dc93dcabfa6cc48fdc4d57519aaf9e5c6cb9e7f92365f12fdba1ea54abb7d6e308b51'],
    ['since decision 0016', '026b7eea63d1d97806810aa7373c68d86aa3e5946ada86a386d3b3a938154525e2d131db64db2f3a'],
  ])('P-1002 opens for ever: %s', (_, sealed) => {
    expect(cipher().open(...PLACE, Buffer.from(sealed, 'hex'), 'customer-relations')).toBe('13812345678');
  });

  it('P-1002 is followed by values of the newest form', () => {
    expect(cipher().seal(...PLACE, '13812345678', 'customer-relations')[0]).toBe(0x02);
  });
});
