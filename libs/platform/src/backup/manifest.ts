import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '@libs/kernel';
import type { LedgerMark } from './ledger-mark.js';

/** Format of the set; a program that knows less refuses it. */
export const BACKUP_FORMAT = 1;
/** Written last: a folder without it is no backup. */
export const MANIFEST = 'manifest.json';

/** One file of a set, with what it must be. */
export interface BackupFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** How far the journal had come in the copy. */
export interface JournalMark {
  readonly entries: number;
  readonly newestId: number;
  /** Highest place that was given; 0 where the id is the place. */
  readonly position: number;
}

interface AnySet {
  readonly format: number;
  readonly dialect: 'sqlite' | 'mariadb';
  /** Before anything was copied, ms. */
  readonly madeAt: number;
  readonly files: readonly BackupFile[];
}

/** Database and objects. Opens nothing by itself: every personal value in it is sealed. */
export interface DataManifest extends AnySet {
  readonly kind: 'data';
  readonly dataFormat: number;
  readonly migrations: readonly string[];
  readonly journal: JournalMark;
  readonly ledger: LedgerMark;
}

/** The wrapped keys, without what wraps them. */
export interface KeysManifest extends AnySet {
  readonly kind: 'keys';
}

/** What a set says of itself, by its kind. */
export type Manifest = DataManifest | KeysManifest;

/** Reads the manifest of a complete set of this kind. */
export function readManifest<K extends Manifest['kind']>(folder: string, kind: K): Extract<Manifest, { kind: K }> {
  const found = parse(folder, textOf(folder));
  if (found.format > BACKUP_FORMAT) throw newer(`${folder} has format ${found.format}`);
  if (found.kind !== kind) {
    throw new UserError('platform.backup-other-kind', `${folder} holds ${found.kind}, not ${kind}.`);
  }
  return found as Extract<Manifest, { kind: K }>;
}

/** What only a newer program can read. */
export function newer(what: string): UserError {
  return new UserError('platform.backup-too-new', `${what}: restore it with the program that made it, or a newer one.`);
}

/** A set that is not what its manifest says. */
export function damaged(folder: string, what: string): UserError {
  return new UserError('platform.backup-damaged', `${folder} is damaged: ${what}. Take another backup.`);
}

function textOf(folder: string): string {
  try {
    return readFileSync(join(folder, MANIFEST), 'utf8');
  } catch (cause) {
    throw new UserError(
      'platform.backup-incomplete',
      `${folder} is no complete backup: it has no ${MANIFEST}, which is written last.`,
      { cause },
    );
  }
}

function parse(folder: string, text: string): Manifest {
  let parsed: Partial<Manifest> | null;
  try {
    parsed = JSON.parse(text) as Partial<Manifest> | null;
  } catch {
    throw damaged(folder, `${MANIFEST} cannot be read`);
  }
  if (typeof parsed?.format !== 'number' || !Array.isArray(parsed.files)) {
    throw damaged(folder, `${MANIFEST} is none`);
  }
  // A name that leads out of the set was not written by a backup.
  const stranger = parsed.files.find(
    ({ path }) => !/^[a-zA-Z0-9_-][a-zA-Z0-9._/-]*$/.test(path) || path.includes('..'),
  );
  if (stranger) throw damaged(folder, `${MANIFEST} names a file outside of it`);
  return parsed as Manifest;
}
