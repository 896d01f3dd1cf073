import { Readable } from 'node:stream';
import {
  OBJECT_HEADER_BYTES,
  ObjectSealer,
  openRange,
  plainSize,
  planRange,
  SEGMENT_BYTES,
  wipe,
} from '@libs/privacy-core';
import { type BlobStore, type ByteRange, clampRange } from './blob-store.js';

/** Keys of objects: one per object, bound by the composition root. */
export interface ObjectKeys {
  /** A copy that the caller wipes. Throws for an object whose person or tenant is erased. */
  keyOf(objectKey: string): Promise<Buffer>;
}

/** Plaintext that one read brings into memory. */
const WINDOW_BYTES = 16 * SEGMENT_BYTES;

/** Objects that the store cannot read: sealed here, opened here, bound to their own key in the store. */
export class SealedStore {
  constructor(
    private readonly blobs: BlobStore,
    private readonly keys: ObjectKeys,
  ) {}

  /** Seals while it sends; memory is a segment. */
  async put(objectKey: string, content: Buffer | Readable): Promise<void> {
    const key = await this.keys.keyOf(objectKey);
    try {
      const pieces = Buffer.isBuffer(content) ? [content] : content;
      await this.blobs.put(
        objectKey,
        Readable.from(sealing(new ObjectSealer(key, objectKey), pieces), { objectMode: false }),
      );
    } finally {
      wipe(key);
    }
  }

  /** Opens the segments of `range` only; undefined when there is no such object. */
  async get(objectKey: string, range?: ByteRange): Promise<Readable | undefined> {
    const sealedSize = await this.blobs.size(objectKey);
    if (sealedSize === undefined) return undefined;
    const header = await this.read(objectKey, { start: 0, end: OBJECT_HEADER_BYTES });
    const wanted = clampRange(range, plainSize(sealedSize));
    return Readable.from(this.opening(objectKey, { header, sealedSize, wanted }), { objectMode: false });
  }

  /** Bytes of plaintext, undefined when there is no such object. */
  async size(objectKey: string): Promise<number | undefined> {
    const sealedSize = await this.blobs.size(objectKey);
    return sealedSize === undefined ? undefined : plainSize(sealedSize);
  }

  private async *opening(objectKey: string, { header, sealedSize, wanted }: Opening): AsyncGenerator<Buffer> {
    const key = await this.keys.keyOf(objectKey);
    try {
      // An empty object has one segment too; it is opened so that a cut one is noticed.
      let at = wanted.start;
      do {
        const end = Math.min(wanted.end, at - (at % SEGMENT_BYTES) + WINDOW_BYTES);
        const plan = planRange(sealedSize, at, end);
        const bytes = await this.read(objectKey, { start: plan.from, end: plan.to });
        yield openRange({ key, aad: objectKey, header, sealedSize, plan }, bytes);
        at = end;
      } while (at < wanted.end);
    } finally {
      wipe(key);
    }
  }

  private async read(objectKey: string, range: ByteRange): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of (await this.blobs.get(objectKey, range)) ?? []) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }
}

interface Opening {
  readonly header: Buffer;
  readonly sealedSize: number;
  readonly wanted: ByteRange;
}

async function* sealing(sealer: ObjectSealer, pieces: Iterable<Buffer> | Readable): AsyncGenerator<Buffer> {
  yield sealer.header;
  for await (const piece of pieces) {
    const sealed = sealer.push(Buffer.from(piece as Buffer));
    if (sealed.length > 0) yield sealed;
  }
  yield sealer.end();
}
