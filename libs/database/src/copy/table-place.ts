import { OperationalError } from '@libs/kernel';
import type { SqlRow } from '../sql.js';

/** How far long work has come; `of` is an estimate. */
export interface Progress {
  readonly done: number;
  readonly of: number;
}

/** What a copy is asked besides: statements that see exactly what was copied. */
export interface CopyOptions {
  readonly ask: readonly string[];
  readonly onProgress: (progress: Progress) => void;
}

/** Answers of the statements in `ask`, in their order. */
export type CopyAnswers = readonly (readonly SqlRow[])[];

const DISK = /^(?:SQLITE_(?:FULL|IOERR|READONLY|CANTOPEN)|ENOSPC|EDQUOT|EROFS|EIO|EACCES)/;

/** Full, read-only and broken disks get one code of their own; other errors pass as they are. */
export function diskError(error: unknown): unknown {
  if (!DISK.test(String((error as { code?: string }).code ?? ''))) return error;
  return new OperationalError('database.copy-disk', 'The disk does not take the copy: full, or not writable.', {
    cause: error,
  });
}
