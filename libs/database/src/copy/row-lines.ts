import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { OperationalError } from '@libs/kernel';
import type { SqlRow, SqlValue } from '../sql.js';

/** First line of the file of a table. */
export interface TableHead {
  readonly table: string;
  /** The statement that makes it, in the words of the server it came from. */
  readonly create: string;
}

type Written = string | number | null | { readonly base64: string };

/** A row as one line of JSON; bytes as base64. */
export function encodeLine(row: SqlRow): string {
  return JSON.stringify({
    row: Object.fromEntries(Object.entries(row).map(([name, value]) => [name, written(value)])),
  });
}

/** Rows of the file of a table, after `start` has had its first line; a file that is cut is refused at its end. */
export async function* readRowLines(
  path: string,
  start: (head: TableHead) => Promise<void> = async () => {},
): AsyncGenerator<SqlRow> {
  let count = -1;
  let end: number | undefined;
  for await (const text of createInterface({ input: createReadStream(path) })) {
    count += 1;
    if (count === 0) {
      await start(JSON.parse(text) as TableHead);
      continue;
    }
    const line = JSON.parse(text) as { readonly row: Readonly<Record<string, Written>> } | { readonly end: number };
    if ('row' in line) {
      yield Object.fromEntries(Object.entries(line.row).map(([name, value]) => [name, read(value)]));
    } else end = line.end;
  }
  if (end === undefined || end !== count - 1) {
    throw new OperationalError('database.copy-damaged', `${path} is damaged: rows are missing.`);
  }
}

function written(value: SqlValue): Written {
  if (typeof value === 'bigint') return String(value);
  return value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value;
}

function read(value: Written): SqlValue {
  return typeof value === 'object' && value !== null ? Buffer.from(value.base64, 'base64') : value;
}
