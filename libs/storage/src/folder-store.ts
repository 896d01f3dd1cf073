import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { OperationalError, randomToken } from '@libs/kernel';
import { assertKey, assertPrefix, type BlobEntry, type BlobStore, type ByteRange, clampRange } from './blob-store.js';

const UNFINISHED = '.unfinished';
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** Objects as files, for one process. A file appears under its name only when its bytes are on the disk. */
export class FolderStore implements BlobStore {
  private constructor(private readonly root: string) {}

  /** Opens or creates the folder and removes what a crash left unfinished. */
  static async open(folder: string): Promise<FolderStore> {
    const root = resolve(folder);
    await rm(join(root, UNFINISHED), { recursive: true, force: true });
    await mkdir(join(root, UNFINISHED), { recursive: true, mode: FOLDER_MODE });
    return new FolderStore(root);
  }

  /** Beside the process whose folder it is: nothing is made or tidied, and only reading is meant. */
  static reading(folder: string): FolderStore {
    return new FolderStore(resolve(folder));
  }

  async put(key: string, content: Buffer | Readable): Promise<void> {
    const target = this.pathOf(key);
    const unfinished = join(this.root, UNFINISHED, randomToken());
    try {
      await writeDurably(unfinished, content);
      await this.place(unfinished, target);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw translate(error);
    }
  }

  async get(key: string, range?: ByteRange): Promise<Readable | undefined> {
    const file = await unlessMissing(open(this.pathOf(key), 'r'));
    if (!file) return undefined;
    try {
      const { start, end } = clampRange(range, (await file.stat()).size);
      if (start < end) return file.createReadStream({ start, end: end - 1 });
    } catch (error) {
      await file.close();
      throw error;
    }
    await file.close();
    return Readable.from([]);
  }

  async size(key: string): Promise<number | undefined> {
    const found = await unlessMissing(stat(this.pathOf(key)));
    return found?.isFile() ? found.size : undefined;
  }

  async delete(key: string): Promise<void> {
    const path = this.pathOf(key);
    await rm(path, { force: true });
    await unlessMissing(syncFolder(dirname(path)));
  }

  async deletePrefix(prefix: string): Promise<void> {
    assertPrefix(prefix);
    const folders = prefix === '' ? await this.folders() : [prefix.slice(0, -1)];
    for (const folder of folders) {
      await rm(join(this.root, folder), { recursive: true, force: true });
      await unlessMissing(syncFolder(dirname(join(this.root, folder))));
    }
  }

  async *list(prefix: string): AsyncIterable<BlobEntry> {
    assertPrefix(prefix);
    const start = join(this.root, prefix);
    const found = await unlessMissing(readdir(start, { recursive: true, withFileTypes: true }));
    const keys = (found ?? [])
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.root.length + 1))
      .map((path) => path.split(sep).join('/'))
      .filter((key) => !key.startsWith(`${UNFINISHED}/`))
      .sort();
    for (const key of keys) {
      const size = await this.size(key);
      if (size !== undefined) yield { key, size };
    }
  }

  private async folders(): Promise<string[]> {
    return (await readdir(this.root)).filter((name) => name !== UNFINISHED);
  }

  private pathOf(key: string): string {
    assertKey(key);
    return join(this.root, ...key.split('/'));
  }

  /** A second try, because `deletePrefix` may take the folder away in between. */
  private async place(from: string, to: string): Promise<void> {
    for (let last = false; ; last = true) {
      const made = await mkdir(dirname(to), { recursive: true, mode: FOLDER_MODE });
      try {
        await rename(from, to);
        await this.syncUpwards(dirname(to), made);
        return;
      } catch (error) {
        if (last || !isMissing(error)) throw error;
      }
    }
  }

  /** A new folder is only safe when the one above it knows its name. */
  private async syncUpwards(folder: string, firstMade: string | undefined): Promise<void> {
    await syncFolder(folder);
    if (firstMade === undefined) return;
    for (let at = folder; at !== this.root && at.length >= firstMade.length; ) {
      at = dirname(at);
      await syncFolder(at);
    }
  }
}

async function writeDurably(path: string, content: Buffer | Readable): Promise<void> {
  const file = await open(path, 'wx', FILE_MODE);
  try {
    await writeFile(file, content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw translate(error);
  }
}

function isMissing(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function translate(error: unknown): unknown {
  const { code } = error as { code?: string };
  if (!/^(?:ENOSPC|EDQUOT|EROFS|EIO|EACCES|EMFILE)$/.test(code ?? '')) return error;
  return new OperationalError('storage.disk', 'The disk does not take files', { cause: error });
}
