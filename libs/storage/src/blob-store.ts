import type { Readable } from 'node:stream';
import { UnexpectedError } from '@libs/kernel';

/** Bytes [start, end) of an object; `end` is clamped to its size. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** One object in a listing. */
export interface BlobEntry {
  readonly key: string;
  readonly size: number;
}

/**
 * Where files lie: a folder or an S3 store. Keys are ids joined by `/`, tenant first; they never hold anything that a
 * person chose, and no key is the folder of another. Content comes sealed, see `SealedStore`.
 */
export interface BlobStore {
  /** All or nothing: after a crash the old content, the new one, or none. Replaces what is there. */
  put(key: string, content: Buffer | Readable): Promise<void>;
  /** The content or a part of it, undefined when there is none. */
  get(key: string, range?: ByteRange): Promise<Readable | undefined>;
  /** Bytes of the object, undefined when there is none. */
  size(key: string): Promise<number | undefined>;
  /** Removes the object with all its versions; nothing to remove is no error. */
  delete(key: string): Promise<void>;
  /** Removes everything below `prefix`, which ends with `/`. */
  deletePrefix(prefix: string): Promise<void>;
  /** Everything below `prefix` (ends with `/`, or empty for all), ordered by key. */
  list(prefix: string): AsyncIterable<BlobEntry>;
}

const PART = /^[a-z0-9_-][a-z0-9._-]{0,127}$/;
const MOST = 512;

/** Throws unless `key` is safe as a path and as an object name, on every file system (lower case only). */
export function assertKey(key: string): void {
  if (key.length > MOST || !key.split('/').every((part) => PART.test(part))) {
    throw new UnexpectedError('storage.key-invalid', 'A key of an object must be lower-case ids joined by "/".');
  }
}

/** The same for a prefix: whole parts, so that `a/1/` never reaches into `a/10/`. */
export function assertPrefix(prefix: string): void {
  if (prefix === '') return;
  if (!prefix.endsWith('/')) throw new UnexpectedError('storage.prefix-invalid', 'A prefix must end with "/".');
  assertKey(prefix.slice(0, -1));
}

/** `range` within an object of `size` bytes. */
export function clampRange(range: ByteRange | undefined, size: number): ByteRange {
  const { start, end } = range ?? { start: 0, end: size };
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start < 0 || end < start) {
    throw new UnexpectedError('storage.range-invalid', 'A range needs 0 <= start <= end.');
  }
  return { start: Math.min(start, size), end: Math.min(end, size) };
}
