import { createHmac, hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SEAL_OVERHEAD } from './aead.js';
import { blindIndex } from './blind-index.js';
import { commitment, verifyCommitment } from './commitment.js';
import { fieldAad, openField, sealField } from './field-cipher.js';
import { hkdfExpand } from './hkdf.js';
import {
  deriveFieldKey,
  deriveFirstFieldKey,
  newKey,
  unwrapGroupKey,
  unwrapKey,
  wipe,
  wrapGroupKey,
  wrapKey,
} from './keys.js';
import { openValue, sealValue } from './sealed-value.js';

const INVALID = expect.objectContaining({ code: 'privacy.ciphertext-invalid' });

/** Numbers that look random and are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function thrown(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

type Place = [string, string, string, string, string];

describe.each([
  { what: 'field', seal: sealField, open: openField },
  { what: 'value', seal: sealValue, open: openValue },
])('a sealed $what', ({ seal, open }) => {
  const key = newKey();
  const place: Place = ['tenant-1', 'subject-1', 'chat_message', 'body', 'c1/sender/7'];

  it.each([
    ['empty', ''],
    ['emoji', '👩‍👩‍👧‍👦 退款 🧾'],
    ['right to left', 'שלום ‏مرحبا 123'],
    ['10,000 characters', '客'.repeat(10_000)],
  ])('P-1002 comes back whole: %s', (_name, text) => {
    const sealed = seal(key, fieldAad(...place), text);
    expect(sealed.length).toBe(Buffer.byteLength(text) + SEAL_OVERHEAD);
    expect(open(key, fieldAad(...place), sealed).toString('utf8')).toBe(text);
  });

  it('P-1002 takes bytes as well and never repeats itself', () => {
    const bytes = Buffer.from([0, 255, 1]);
    const first = seal(key, fieldAad(...place), bytes);
    expect(open(key, fieldAad(...place), first)).toEqual(bytes);
    expect(seal(key, fieldAad(...place), bytes)).not.toEqual(first);
  });

  it.each([0, 1, 2, 3, 4])('P-1002 does not open in another place (part %i of the place swapped)', (part) => {
    const random = seeded(part);
    for (let round = 0; round < 200; round++) {
      const parts = place.map((name) => `${name}-${Math.floor(random() * 1e9)}`) as Place;
      const other = parts.with(part, `${parts[part]}x`) as Place;
      const sealed = seal(key, fieldAad(...parts), 'marker');
      expect(thrown(() => open(key, fieldAad(...other), sealed))).toEqual(INVALID);
    }
  });

  it('P-1002 does not open with any single bit changed, cut or lengthened', () => {
    const aad = fieldAad(...place);
    const sealed = seal(key, aad, 'the whole text of a message');
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const damaged = Buffer.from(sealed);
      damaged[bit >> 3] = damaged[bit >> 3]! ^ (1 << (bit & 7));
      expect(thrown(() => open(key, aad, damaged))).toEqual(INVALID);
    }
    for (let length = 0; length < sealed.length; length++) {
      expect(thrown(() => open(key, aad, sealed.subarray(0, length)))).toEqual(INVALID);
    }
    expect(thrown(() => open(key, aad, Buffer.concat([sealed, Buffer.alloc(1)])))).toEqual(INVALID);
    expect(thrown(() => open(newKey(), aad, sealed))).toEqual(INVALID);
  });

  it.each([
    ['short', 9],
    ['longer than what is kept for it', 400],
  ])('binds every byte of a place, %s', (_, length) => {
    const key = newKey();
    const place = '地'.repeat(length);
    const sealed = seal(key, place, 'text');
    expect(open(key, Buffer.from(place, 'utf8'), sealed).toString('utf8')).toBe('text');
    expect(open(key, place, sealed).toString('utf8')).toBe('text');
    expect(thrown(() => open(key, `${place.slice(0, -1)}天`, sealed))).toEqual(INVALID);
    expect(thrown(() => open(key, place.slice(0, -1), sealed))).toEqual(INVALID);
  });

  it('refuses a place whose parts could be read in two ways', () => {
    expect(() => fieldAad('a|b', 'c', 'd', 'e', 'f')).toThrow(expect.objectContaining({ code: 'privacy.aad-invalid' }));
    expect(() => fieldAad('a', '', 'd', 'e', 'f')).toThrow(expect.objectContaining({ code: 'privacy.aad-invalid' }));
  });
});

describe('keys', () => {
  it('P-1002 of columns differ, are stable and do not depend on the order of use', () => {
    const group = newKey();
    const body = deriveFieldKey(group, 'chat_message.body');
    // What was sealed once must open for ever: this and nothing else is the key of a column.
    expect(body).toEqual(hkdfExpand(group, Buffer.from('custodia/field-key/2|chat_message.body'), 32));
    const first = deriveFirstFieldKey(group, 'chat_message.body');
    expect(first).toEqual(hkdfExpand(group, Buffer.from('custodia/field-key/1|chat_message.body'), 32));
    expect(deriveFieldKey(group, 'chat_change.body')).not.toEqual(body);
    expect(deriveFieldKey(group, 'chat_message.body')).toEqual(body);
    expect(deriveFieldKey(newKey(), 'chat_message.body')).not.toEqual(body);
    wipe(group);
    for (const derive of [deriveFieldKey, deriveFirstFieldKey]) {
      expect(thrown(() => derive(group, 'chat_message.body'))).toMatchObject({ code: 'privacy.key-wiped' });
    }
  });

  it('P-1002 of a group open in both forms: as they are wrapped now, and as they were at first', () => {
    const subject = newKey();
    const group = newKey();
    const wrapped = wrapGroupKey(subject, 'tenant|subject|contact', group);
    expect(wrapped[0]).toBe(0x12);
    expect(unwrapGroupKey(subject, 'tenant|subject|contact', wrapped)).toEqual(group);
    const first = unwrapGroupKey(subject, 'tenant|subject|contact', wrapKey(subject, 'tenant|subject|contact', group));
    const info = 'custodia/field-key/1|chat_message.body';
    expect(deriveFirstFieldKey(first, 'chat_message.body')).toEqual(
      Buffer.from(hkdfSync('sha256', group, '', info, 32)),
    );
    // With another form it opens to nothing, not to another key.
    const inForm = (form: number) => Buffer.from([form, ...wrapped.subarray(1)]);
    for (const form of [0x01, 0x11, 0x13]) {
      expect(thrown(() => unwrapGroupKey(subject, 'tenant|subject|contact', inForm(form)))).toEqual(INVALID);
    }
    const old = Buffer.from([0x12, ...wrapKey(subject, 'tenant|subject|contact', group).subarray(1)]);
    expect(thrown(() => unwrapGroupKey(subject, 'tenant|subject|contact', old))).toEqual(INVALID);
    expect(thrown(() => unwrapGroupKey(subject, 'tenant|other|contact', wrapped))).toEqual(INVALID);
    expect(thrown(() => unwrapKey(subject, 'tenant|subject|contact', wrapped))).toEqual(INVALID);
  });

  it('P-1002 are wrapped in a form of their own, bound to their place', () => {
    const kek = newKey();
    const key = newKey();
    const wrapped = wrapKey(kek, 'tenant|subject', key);
    expect(unwrapKey(kek, 'tenant|subject', wrapped)).toEqual(key);
    expect(thrown(() => unwrapKey(kek, 'tenant|other', wrapped))).toEqual(INVALID);
    expect(thrown(() => openField(kek, 'tenant|subject', wrapped))).toEqual(INVALID);
    wipe(key);
    expect(key).toEqual(Buffer.alloc(32));
  });
});

describe('a blind index', () => {
  it('P-1002 is versioned, keyed and exact', () => {
    const key = newKey();
    const index = blindIndex(key, 'li@example.cn');
    expect(index).toBe(`01${createHmac('sha256', key).update('li@example.cn').digest('hex').slice(0, 32)}`);
    expect(blindIndex(key, 'li@example.com')).not.toBe(index);
    expect(blindIndex(newKey(), 'li@example.cn')).not.toBe(index);
  });
});

describe('a commitment', () => {
  it('holds for its payload only, and says nothing twice', () => {
    const made = commitment('退款 1');
    expect(made).toHaveLength(48);
    expect(verifyCommitment(made, Buffer.from('退款 1'))).toBe(true);
    expect(verifyCommitment(made, '退款 2')).toBe(false);
    expect(verifyCommitment(made.subarray(1), '退款 1')).toBe(false);
    expect(commitment('退款 1')).not.toEqual(made);
  });
});
