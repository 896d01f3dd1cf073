import { newKey } from '@libs/privacy-core';
import { describe, expect, it } from 'vitest';
import { FieldKey } from './field-key.js';

describe('what a field key remembers', () => {
  const sealed = Buffer.from('a sealed value');

  it('P-1002 is the value of exactly this ciphertext in this row', () => {
    const key = new FieldKey('contact', newKey());
    key.remember('row 1', sealed, Buffer.from('13812345678'));
    expect(key.recall('row 1', Buffer.from(sealed))).toBe('13812345678');
    expect(key.recall('row 2', sealed)).toBeUndefined();
    expect(key.recall('row 1', Buffer.concat([sealed, Buffer.of(0)]))).toBeUndefined();
    expect(key.recall('row 1', sealed.map((byte) => byte ^ 1) as Buffer)).toBeUndefined();
  });

  it('P-1002 is overwritten by the next value, and with the key', () => {
    const key = new FieldKey('contact', newKey());
    const [first, second] = [Buffer.from('first'), Buffer.from('second')];
    key.remember('row', sealed, first);
    key.remember('row', Buffer.from('another'), second);
    expect(first).toEqual(Buffer.alloc(5));
    key.wipe();
    expect(second).toEqual(Buffer.alloc(6));
    expect(key.bytes).toEqual(Buffer.alloc(32));
    expect(key.recall('row', Buffer.from('another'))).toBeUndefined();
  });

  it('P-1002 is nothing long', () => {
    const key = new FieldKey('content', newKey());
    const long = Buffer.alloc(513, 1);
    key.remember('row', long, Buffer.from('a long message'));
    expect(key.recall('row', long)).toBeUndefined();
  });
});
