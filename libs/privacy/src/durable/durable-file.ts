import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;
const KEPT_COPIES = 5;

/** Makes a folder that only the owner can enter. */
export function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: PRIVATE_FOLDER });
}

/** Makes the entries of a folder durable: a new or renamed file may vanish with the power otherwise. */
export function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Replaces a file so that after any crash either the old or the new one is there, whole. Mode 0600. */
export function replaceFile(path: string, content: string): void {
  const next = join(dirname(path), `.${basename(path)}.next`);
  const descriptor = openSync(next, 'w', PRIVATE_FILE);
  try {
    writeWhole(descriptor, Buffer.from(content, 'utf8'));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(next, path);
  syncFolder(dirname(path));
}

/**
 * Replaces a file and overwrites what it held. Best effort (a disk may keep old blocks), which is why images that
 * hold a root key file are excluded from every promise; still better than leaving a destroyed key lying around.
 */
export function replaceAndOverwrite(path: string, content: string): void {
  const old = openOrUndefined(path);
  try {
    replaceFile(path, content);
    if (old === undefined) return;
    writeSync(old, Buffer.alloc(fstatSync(old).size), 0, undefined, 0);
    fsyncSync(old);
  } finally {
    if (old !== undefined) closeSync(old);
  }
}

/**
 * Deletes all but the newest copies of the key store: the older ones open nothing after a rotation anyway. Several are
 * kept, because another process may be reading back the one it has just made.
 */
export function pruneCopies(folder: string): void {
  // Names are time and a time-ordered id, so the order of the names is the order of the copies.
  const copies = readdirSync(folder).filter((name) => /^keystore-\d+-/.test(name));
  for (const name of copies.sort().reverse().slice(KEPT_COPIES)) rmSync(join(folder, name), { force: true });
}

/** Writes all of the bytes; a plain write may take only a part. */
export function writeWhole(descriptor: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
}

function openOrUndefined(path: string): number | undefined {
  try {
    return openSync(path, 'r+');
  } catch {
    return undefined;
  }
}
