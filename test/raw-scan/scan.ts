import { closeSync, fstatSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { Needle } from './needles.js';

/** Where something was found. `beside` shows what stands around it, so that the field can be told. */
export interface Hit {
  readonly place: string;
  readonly form: string;
  readonly beside: string;
}

export interface Scan {
  files: number;
  bytes: number;
  readonly hits: Hit[];
}

const CHUNK = 8 * 1024 * 1024;

/** Looks through every file below `folder`. A file that goes away meanwhile was scanned as far as it was there. */
export function scanFolder(folder: string, needles: readonly Needle[], scan: Scan = newScan()): Scan {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const status = lstatSync(path, { throwIfNoEntry: false });
    if (status?.isDirectory()) scanFolder(path, needles, scan);
    else if (status?.isFile()) scanFile(path, needles, scan);
  }
  return scan;
}

/** Looks through one file, in pieces that overlap. */
export function scanFile(path: string, needles: readonly Needle[], scan: Scan = newScan()): Scan {
  const overlap = Math.max(...needles.map(({ bytes }) => bytes.length)) - 1;
  const file = openSync(path, 'r');
  try {
    // Most files are small; what grows meanwhile is read in more pieces.
    const chunk = Math.min(CHUNK, Math.max(fstatSync(file).size, overlap + 1));
    const buffer = Buffer.allocUnsafe(chunk + overlap);
    let kept = 0;
    for (let at = 0; ; ) {
      const read = readSync(file, buffer, kept, chunk, at);
      if (read === 0) break;
      at += read;
      const filled = kept + read;
      scanBytes(buffer.subarray(0, filled), path, needles, scan);
      kept = Math.min(overlap, filled);
      buffer.copyWithin(0, filled - kept, filled);
    }
  } finally {
    closeSync(file);
  }
  scan.files += 1;
  return scan;
}

/** Looks through bytes in memory. */
export function scanBytes(bytes: Buffer, place: string, needles: readonly Needle[], scan: Scan = newScan()): Scan {
  scan.bytes += bytes.length;
  for (const { form, bytes: needle } of needles) {
    const at = bytes.indexOf(needle);
    if (at < 0) continue;
    const beside = bytes.subarray(Math.max(0, at - 60), at + needle.length + 60).toString('latin1');
    scan.hits.push({ place, form, beside: beside.replace(/[^\x20-\x7e]/g, '.') });
  }
  return scan;
}

/** Looks through every key of a Redis and what it holds, as `KEYS *` and a dump of each would show it. */
export async function scanRedis(url: string, needles: readonly Needle[], scan: Scan = newScan()): Promise<Scan> {
  const redis = new Redis(url);
  try {
    for (const key of await redis.keys('*')) {
      const value = await contentOf(redis, key);
      scanBytes(Buffer.from(JSON.stringify([key, value])), `redis ${key}`, needles, scan);
      scan.files += 1;
    }
  } finally {
    redis.disconnect();
  }
  return scan;
}

async function contentOf(redis: Redis, key: string): Promise<unknown> {
  switch (await redis.type(key)) {
    case 'string':
      return redis.get(key);
    case 'list':
      return redis.lrange(key, 0, -1);
    case 'set':
      return redis.smembers(key);
    case 'zset':
      return redis.zrange(key, 0, -1);
    case 'hash':
      return redis.hgetall(key);
    default:
      return redis.xrange(key, '-', '+');
  }
}

export function newScan(): Scan {
  return { files: 0, bytes: 0, hits: [] };
}
