import { closeSync, fsyncSync, ftruncateSync, openSync, statfsSync, statSync, writeSync } from 'node:fs';

const PIECE = 1024 * 1024;
/** As often the length must be free on the disk. */
const TIMES_FREE = 8;

/**
 * Gives the write-ahead log its length before anybody writes into it. A sync of a file that grows waits for the file
 * system's own journal, and with it for whatever the checkpoint thread has just written; a sync of a file that is only
 * overwritten does not (docs/performance.md). SQLite takes a log without a valid header for an empty one. Call it when
 * everything has been copied back (`wal_checkpoint(TRUNCATE)`) and before the first transaction: a log that still holds
 * anything is left alone, and where room is short the log grows as it is written.
 */
export function prepareLog(file: string, bytes: number): void {
  const log = `${file}-wal`;
  if (bytes === 0 || statSync(log, { throwIfNoEntry: false })?.size !== 0) return;
  const { bavail, bsize } = statfsSync(log);
  if (bavail * bsize < bytes * TIMES_FREE) return;
  const handle = openSync(log, 'r+');
  try {
    const zeros = Buffer.alloc(PIECE);
    for (let at = 0; at < bytes; at += PIECE) writeSync(handle, zeros, 0, Math.min(PIECE, bytes - at), at);
    fsyncSync(handle);
  } catch {
    // The disk filled up meanwhile: faster syncs are not worth a start that fails.
    ftruncateSync(handle, 0);
  } finally {
    closeSync(handle);
  }
}
