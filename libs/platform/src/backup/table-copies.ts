import { basename, join } from 'node:path';
import type { Config, TableStore } from '@libs/config';
import { type CopyAnswers, type CopyOptions, copyMaria, copySqlite } from '@libs/database';
import { type BackupFile, damaged } from './manifest.js';

/** Folders of a set. */
export const DATABASE = 'database';
/** Folder of the stored objects in a set. */
export const OBJECTS = 'objects';
/** Folder of the key store in a set of keys. */
export const KEYS = 'keystore';

/** One SQLite database of a set. */
const SQLITE_COPY = 'tables.db';

/** Copies all tables of a store into `folder`, as they are at one moment. */
export function copyTables(store: TableStore, folder: string, options: CopyOptions): Promise<CopyAnswers> {
  if (store.kind === 'sqlite') return copySqlite(store.file, join(folder, SQLITE_COPY), options);
  return copyMaria(store.url.reveal(), folder, options);
}

/** The one file of a copied SQLite database. */
export function sqliteCopy(set: string, folder: string, files: readonly BackupFile[]): string {
  const path = `${folder}/${SQLITE_COPY}`;
  if (!files.some((file) => file.path === path)) throw damaged(set, `${path} is not among its files`);
  return join(set, path);
}

/** The files of the tables of a copied MariaDB schema. */
export function tableFiles(folder: string, files: readonly BackupFile[]): readonly string[] {
  return files.filter(({ path }) => path.startsWith(`${folder}/`)).map(({ path }) => basename(path));
}

/** The dialect of data and keys, which are of one kind. */
export function dialectOf(config: Config): 'sqlite' | 'mariadb' {
  return config.database.kind;
}
