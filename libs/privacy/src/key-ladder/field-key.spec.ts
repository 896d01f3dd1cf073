import { deriveFieldKey, deriveFirstFieldKey, newKey, sealField, sealValue } from '@libs/privacy-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { FieldKey } from './field-key.js';
import { OpenGroup } from './open-group.js';

const PLACE = 'crm_contact.mobile';
const ZEROS = Buffer.alloc(32);

describe('what a field key remembers', () => {
  const sealed = Buffer.from('a sealed value');
  let groupKey: Buffer;
  let key: FieldKey;
  beforeEach(() => {
    groupKey = newKey();
    key = new FieldKey(PLACE, groupKey);
  });

  it('P-1002 is the value of exactly this ciphertext in this row', () => {
    key.remember('row 1', sealed, Buffer.from('13812345678'));
    expect(key.recall('row 1', Buffer.from(sealed))).toBe('13812345678');
    expect(key.recall('row 2', sealed)).toBeUndefined();
    expect(key.recall('row 1', Buffer.concat([sealed, Buffer.of(0)]))).toBeUndefined();
    expect(key.recall('row 1', sealed.subarray(1))).toBeUndefined();
    expect(key.recall('row 1', Buffer.alloc(0))).toBeUndefined();
    expect(key.recall('row 1', sealed.map((byte) => byte ^ 1) as Buffer)).toBeUndefined();
    key.remember('row 1', sealed, Buffer.alloc(0));
    expect(key.recall('row 1', sealed)).toBe('');
  });

  it('P-1002 is overwritten by the next value, and with the key', () => {
    const [first, second] = [Buffer.from('first'), Buffer.from('second')];
    key.remember('row', sealed, first);
    expect(first).toEqual(Buffer.alloc(5));
    const kept = memoryOf(key);
    key.remember('row', Buffer.from('another'), second);
    expect(kept).toEqual(Buffer.alloc(kept.length));
    const [next, bytes] = [memoryOf(key), key.bytes];
    key.wipe();
    expect(next).toEqual(Buffer.alloc(next.length));
    expect(bytes).toEqual(ZEROS);
    expect(key.recall('row', Buffer.from('another'))).toBeUndefined();
  });

  it('P-1002 is nothing long', () => {
    const long = Buffer.alloc(513, 1);
    key.remember('row', long, Buffer.from('a long message'));
    expect(key.recall('row', long)).toBeUndefined();
  });

  it('P-1002 lets a key go that opened this alone, and keeps one that is used again', () => {
    const opening = key.bytes;
    const derived = Buffer.from(opening);
    expect(derived).toEqual(deriveFieldKey(groupKey, PLACE));
    key.remember('row', sealed, Buffer.from('first'));
    expect(opening).toEqual(ZEROS);
    const again = key.bytes;
    expect(again).toEqual(derived);
    key.remember('row', sealed, Buffer.from('second'));
    expect(key.bytes).toBe(again);
    expect(again).toEqual(derived);
  });
});

describe('a field key', () => {
  const groupKey = newKey();

  it('P-1002 opens the values of its column, and those that an earlier version sealed with another cipher', () => {
    const key = new FieldKey(PLACE, groupKey);
    const first = deriveFirstFieldKey(groupKey, PLACE);
    expect(key.open('here', sealValue(key.bytes, 'here', 'now')).toString()).toBe('now');
    const earlier = sealField(first, 'here', 'then');
    expect(key.open('here', earlier).toString()).toBe('then');
    const invalid = expect.objectContaining({ code: 'privacy.ciphertext-invalid' });
    expect(() => key.open('there', earlier)).toThrow(invalid);
    // A key serves one cipher alone.
    expect(() => key.open('here', sealValue(first, 'here', 'x'))).toThrow(invalid);
    expect(() => key.open('here', sealField(key.bytes, 'here', 'x'))).toThrow(invalid);
    for (const form of [0x00, 0x01, 0x03, 0x11]) {
      const renamed = Buffer.from([form, ...sealValue(key.bytes, 'here', 'x').subarray(1)]);
      expect(() => key.open('here', renamed)).toThrow(invalid);
    }
    expect(() => key.open('here', Buffer.alloc(0))).toThrow(invalid);
  });
});

describe('an open group', () => {
  it('P-1002 overwrites its key, those below it and what they remember', () => {
    const key = newKey();
    const group = new OpenGroup('contact', key, 0);
    const [mobile, name] = [group.field(PLACE), group.field('crm_contact.name')];
    expect(group.field(PLACE)).toBe(mobile);
    expect(name.bytes).not.toEqual(mobile.bytes);
    name.remember('row', Buffer.from('sealed'), Buffer.from('林晓雯'));
    const left = [mobile.bytes, name.bytes, memoryOf(name), key];
    group.wipe();
    for (const bytes of left) expect(bytes).toEqual(Buffer.alloc(bytes.length));
    expect(() => mobile.bytes).toThrow(expect.objectContaining({ code: 'privacy.key-wiped' }));
  });
});

/** The buffer behind a key's memory: only its bytes can show that it was overwritten. */
function memoryOf(key: FieldKey): Buffer {
  return (key as unknown as { readonly kept: Buffer }).kept;
}
