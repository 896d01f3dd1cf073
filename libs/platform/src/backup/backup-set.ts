import {
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { UserError } from '@libs/kernel';
import { FileHash } from '@libs/privacy-core';
import { type BackupFile, damaged, MANIFEST, type Manifest } from './manifest.js';

const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;

/** A set that is being made, under a name that nobody takes for a backup. It gets its own with the last step. */
export class BackupSet {
  private constructor(
    private readonly target: string,
    readonly folder: string,
  ) {}

  /** Refuses a place that holds something; removes what killed backups to the same place left. */
  static begin(target: string): BackupSet {
    if (existsSync(target) && !(statSync(target).isDirectory() && readdirSync(target).length === 0)) {
      throw new UserError('platform.backup-exists', `${target} is there already. Name a folder that is not.`);
    }
    const folder = join(dirname(target), `${prefixOf(target)}${process.pid}`);
    try {
      mkdirSync(dirname(target), { recursive: true, mode: PRIVATE_FOLDER });
      removeRemains(target);
      mkdirSync(folder, { mode: PRIVATE_FOLDER });
    } catch (cause) {
      throw new UserError('platform.backup-not-writable', `${dirname(target)} cannot be written.`, { cause });
    }
    return new BackupSet(target, folder);
  }

  /** A folder inside the set. */
  inside(name: string): string {
    const folder = join(this.folder, name);
    mkdirSync(folder, { recursive: true, mode: PRIVATE_FOLDER });
    return folder;
  }

  /** Reads every file back for its hash and writes the manifest; still under the unfinished name. */
  async seal<M extends Manifest>(facts: Omit<M, 'files'>): Promise<M> {
    const files: BackupFile[] = [];
    for (const path of pathsIn(this.folder)) files.push(await describeFile(this.folder, path));
    const manifest = { ...facts, files } as unknown as M;
    const path = join(this.folder, MANIFEST);
    writeFileSync(path, `${JSON.stringify(manifest, null, 1)}\n`, { mode: PRIVATE_FILE, flag: 'wx', flush: true });
    for (const folder of foldersIn(this.folder)) syncFolder(folder);
    return manifest;
  }

  /** From here on it is a backup. */
  finish(): void {
    renameSync(this.folder, this.target);
    syncFolder(dirname(this.target));
  }

  abandon(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Compares every file with the manifest. Anything less than all of it, unchanged, is refused. */
export async function verifyFiles(
  folder: string,
  files: readonly BackupFile[],
  onFile: (done: number) => void,
): Promise<void> {
  for (const [index, wanted] of files.entries()) {
    onFile(index);
    if (!existsSync(join(folder, wanted.path))) throw damaged(folder, `${wanted.path} is missing`);
    const found = await describeFile(folder, wanted.path);
    if (found.bytes !== wanted.bytes || found.sha256 !== wanted.sha256) {
      throw damaged(folder, `${wanted.path} is not what was written`);
    }
  }
}

/** Makes the names in a folder durable. */
export function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

async function describeFile(folder: string, path: string): Promise<BackupFile> {
  const hash = new FileHash();
  let bytes = 0;
  for await (const part of createReadStream(join(folder, path))) {
    hash.update(part as Buffer);
    bytes += (part as Buffer).length;
  }
  return { path, bytes, sha256: hash.hex() };
}

function pathsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((path) => path.split(sep).join('/'))
    .sort();
}

function foldersIn(folder: string): string[] {
  const below = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [...below.map((entry) => join(entry.parentPath, entry.name)), folder];
}

function prefixOf(target: string): string {
  return `.${basename(target)}.unfinished-`;
}

/** Of processes that are gone; one that still works on the same place keeps its own. */
function removeRemains(target: string): void {
  const prefix = prefixOf(target);
  for (const name of readdirSync(dirname(target)).filter((entry) => entry.startsWith(prefix))) {
    const pid = Number(name.slice(prefix.length));
    if (pid === process.pid || !isRunning(pid)) rmSync(join(dirname(target), name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}
