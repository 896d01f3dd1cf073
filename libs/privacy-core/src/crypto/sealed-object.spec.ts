import { describe, expect, it } from 'vitest';
import { newKey } from './keys.js';
import {
  OBJECT_HEADER_BYTES,
  ObjectSealer,
  openObject,
  openRange,
  plainSize,
  planRange,
  SEGMENT_BYTES,
  sealObject,
} from './sealed-object.js';

const INVALID = expect.objectContaining({ code: 'privacy.ciphertext-invalid' });
const AAD = 'tenant|subject|media|object';
const SEALED_SEGMENT = SEGMENT_BYTES + 29;

function pattern(length: number): Buffer {
  return Buffer.from(Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8)) & 255));
}

function opens(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe('a sealed object', () => {
  const key = newKey();
  const sizes = [0, 1, SEGMENT_BYTES - 1, SEGMENT_BYTES, SEGMENT_BYTES + 1, 3 * SEGMENT_BYTES, 3 * SEGMENT_BYTES + 77];

  it.each(sizes)('comes back whole at %i bytes', (size) => {
    const plain = pattern(size);
    const sealed = sealObject(key, AAD, plain);
    expect(plainSize(sealed.length)).toBe(size);
    expect(openObject(key, AAD, sealed).equals(plain)).toBe(true);
  });

  it('is the same object when it is sealed as a stream of odd pieces', () => {
    const plain = pattern(200_000);
    const sealer = new ObjectSealer(key, AAD);
    const parts = [sealer.header];
    for (let at = 0; at < plain.length; at += 7_777) parts.push(sealer.push(plain.subarray(at, at + 7_777)));
    parts.push(sealer.end());
    expect(openObject(key, AAD, Buffer.concat(parts)).equals(plain)).toBe(true);
  });

  it('opens any range from its segments alone', () => {
    const plain = pattern(3 * SEGMENT_BYTES + 77);
    const sealed = sealObject(key, AAD, plain);
    const edges = [0, 1, SEGMENT_BYTES - 1, SEGMENT_BYTES, SEGMENT_BYTES + 1, 2 * SEGMENT_BYTES, plain.length];
    for (const start of edges) {
      for (const end of edges.filter((edge) => edge >= start)) {
        const plan = planRange(sealed.length, start, end);
        const header = sealed.subarray(0, OBJECT_HEADER_BYTES);
        const opened = openRange(
          { key, aad: AAD, header, sealedSize: sealed.length, plan },
          sealed.subarray(plan.from, plan.to),
        );
        expect(opened.equals(plain.subarray(start, end))).toBe(true);
      }
    }
    expect(planRange(sealed.length, 10, 20)).toMatchObject({ from: OBJECT_HEADER_BYTES, to: 17 + SEALED_SEGMENT });
  });

  it('notices cut, reordered, repeated, foreign and damaged segments', () => {
    const plain = pattern(3 * SEGMENT_BYTES);
    const sealed = sealObject(key, AAD, plain);
    const other = sealObject(key, AAD, plain);
    const at = (index: number) => OBJECT_HEADER_BYTES + index * SEALED_SEGMENT;
    const segment = (from: Buffer, index: number) => from.subarray(at(index), at(index + 1));
    const header = sealed.subarray(0, OBJECT_HEADER_BYTES);
    const bad: readonly Buffer[] = [
      sealed.subarray(0, at(2)),
      sealed.subarray(0, at(2) + 29),
      sealed.subarray(0, at(3) - 1),
      sealed.subarray(0, OBJECT_HEADER_BYTES),
      Buffer.alloc(0),
      Buffer.concat([header, segment(sealed, 1), segment(sealed, 0), segment(sealed, 2)]),
      Buffer.concat([sealed, segment(sealed, 2)]),
      Buffer.concat([header, segment(sealed, 0), segment(other, 1), segment(sealed, 2)]),
    ];
    for (const object of bad) expect(opens(() => openObject(key, AAD, object))).toEqual(INVALID);
    for (const place of [0, 5, 20, at(1) + 4, sealed.length - 1]) {
      const damaged = Buffer.from(sealed);
      damaged[place] = damaged[place]! ^ 1;
      expect(opens(() => openObject(key, AAD, damaged))).toEqual(INVALID);
    }
    expect(opens(() => openObject(key, `${AAD}2`, sealed))).toEqual(INVALID);
  });
});
