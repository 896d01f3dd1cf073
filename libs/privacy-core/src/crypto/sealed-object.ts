import { randomTokenBytes } from '@libs/kernel';
import { invalidCiphertext, open, SEAL_OVERHEAD, seal } from './aead.js';

const OBJECT_VERSION = 0x21;
const SEGMENT_VERSION = 0x22;
const OBJECT_ID_BYTES = 16;

/** Plaintext bytes of a segment; the last one may be shorter, an empty object has one empty segment. */
export const SEGMENT_BYTES = 64 * 1024;
/** 0x21 | random object id 16: bound into every segment, so that segments of two objects never mix. */
export const OBJECT_HEADER_BYTES = 1 + OBJECT_ID_BYTES;

const SEALED_SEGMENT_BYTES = SEGMENT_BYTES + SEAL_OVERHEAD;

/**
 * Seals a stream piece by piece: write `header`, then whatever `push` and `end` return. Memory is one segment. Each
 * segment knows its index and whether it is the last, so cutting, reordering and appending are noticed.
 */
export class ObjectSealer {
  readonly header: Buffer;
  private waiting: Buffer[] = [];
  private waitingBytes = 0;
  private index = 0;

  constructor(
    private readonly key: Buffer,
    private readonly aad: string,
  ) {
    this.header = Buffer.concat([Buffer.from([OBJECT_VERSION]), randomTokenBytes(OBJECT_ID_BYTES)]);
  }

  /** Takes plaintext, returns the sealed segments that are complete (maybe none). */
  push(chunk: Buffer): Buffer {
    this.waiting.push(chunk);
    this.waitingBytes += chunk.length;
    // A full segment is only sealed when more follows: the last one is sealed differently.
    if (this.waitingBytes <= SEGMENT_BYTES) return Buffer.alloc(0);
    const bytes = Buffer.concat(this.waiting);
    const sealed: Buffer[] = [];
    let at = 0;
    for (; bytes.length - at > SEGMENT_BYTES; at += SEGMENT_BYTES) {
      sealed.push(this.sealNext(bytes.subarray(at, at + SEGMENT_BYTES), false));
    }
    this.waiting = [bytes.subarray(at)];
    this.waitingBytes = bytes.length - at;
    return Buffer.concat(sealed);
  }

  /** Returns the last segment. */
  end(): Buffer {
    return this.sealNext(Buffer.concat(this.waiting), true);
  }

  private sealNext(plaintext: Buffer, last: boolean): Buffer {
    return seal(SEGMENT_VERSION, this.key, segmentAad(this.aad, this.header, this.index++, last), plaintext);
  }
}

/** Seals an object that is in memory. */
export function sealObject(key: Buffer, aad: string, plaintext: Buffer): Buffer {
  const sealer = new ObjectSealer(key, aad);
  return Buffer.concat([sealer.header, sealer.push(plaintext), sealer.end()]);
}

/** Opens a whole object that is in memory. */
export function openObject(key: Buffer, aad: string, sealed: Buffer): Buffer {
  const plan = planRange(sealed.length, 0, plainSize(sealed.length));
  const header = sealed.subarray(0, OBJECT_HEADER_BYTES);
  return openRange({ key, aad, header, sealedSize: sealed.length, plan }, sealed.subarray(plan.from, plan.to));
}

/** Bytes of plaintext in a sealed object of this size. */
export function plainSize(sealedSize: number): number {
  return sealedSize - OBJECT_HEADER_BYTES - segmentCount(sealedSize) * SEAL_OVERHEAD;
}

/** Which sealed bytes [from, to) hold the plaintext bytes [start, end), and what to cut off after opening. */
export interface RangePlan {
  readonly from: number;
  readonly to: number;
  readonly firstSegment: number;
  readonly skip: number;
  readonly length: number;
}

/** Plans a range read; `end` is clamped to the object. */
export function planRange(sealedSize: number, start: number, end: number): RangePlan {
  const stop = Math.min(end, plainSize(sealedSize));
  if (start < 0 || start > stop) throw invalidCiphertext();
  const firstSegment = Math.min(Math.floor(start / SEGMENT_BYTES), segmentCount(sealedSize) - 1);
  const lastSegment = Math.max(firstSegment, Math.ceil(stop / SEGMENT_BYTES) - 1);
  return {
    from: OBJECT_HEADER_BYTES + firstSegment * SEALED_SEGMENT_BYTES,
    to: Math.min(sealedSize, OBJECT_HEADER_BYTES + (lastSegment + 1) * SEALED_SEGMENT_BYTES),
    firstSegment,
    skip: start - firstSegment * SEGMENT_BYTES,
    length: stop - start,
  };
}

/** What is needed besides the bytes to open a planned range. */
export interface RangeContext {
  readonly key: Buffer;
  readonly aad: string;
  /** The first `OBJECT_HEADER_BYTES` of the object. */
  readonly header: Buffer;
  /** Size of the whole sealed object as the store tells it; a lie is noticed. */
  readonly sealedSize: number;
  readonly plan: RangePlan;
}

/** Opens the sealed bytes [plan.from, plan.to). */
export function openRange(context: RangeContext, bytes: Buffer): Buffer {
  const { key, aad, header, sealedSize, plan } = context;
  if (header.length !== OBJECT_HEADER_BYTES || header[0] !== OBJECT_VERSION) throw invalidCiphertext();
  if (bytes.length !== plan.to - plan.from) throw invalidCiphertext();
  const lastIndex = segmentCount(sealedSize) - 1;
  const opened: Buffer[] = [];
  let index = plan.firstSegment;
  for (let at = 0; at < bytes.length; at += SEALED_SEGMENT_BYTES, index++) {
    const segment = bytes.subarray(at, at + SEALED_SEGMENT_BYTES);
    opened.push(open(SEGMENT_VERSION, key, segmentAad(aad, header, index, index === lastIndex), segment));
  }
  return Buffer.concat(opened).subarray(plan.skip, plan.skip + plan.length);
}

function segmentCount(sealedSize: number): number {
  const body = sealedSize - OBJECT_HEADER_BYTES;
  const count = Math.ceil(body / SEALED_SEGMENT_BYTES);
  // The remainder must at least hold nonce and tag, and only an empty object may have an empty last segment.
  const last = body - (count - 1) * SEALED_SEGMENT_BYTES;
  if (body < SEAL_OVERHEAD || last < SEAL_OVERHEAD || (count > 1 && last === SEAL_OVERHEAD)) throw invalidCiphertext();
  return count;
}

function segmentAad(aad: string, header: Buffer, index: number, last: boolean): string {
  return `${aad}|${header.toString('hex')}|${index}|${last ? 'last' : 'more'}`;
}
