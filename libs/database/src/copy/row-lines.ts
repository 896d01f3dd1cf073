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

/** The row of a line, or how many rows there must have been. */
export function decodeLine(text: string): { readonly row: SqlRow } | { readonly end: number } {
  const line = JSON.parse(text) as { readonly row: Readonly<Record<string, Written>> } | { readonly end: number };
  if ('end' in line) return line;
  return { row: Object.fromEntries(Object.entries(line.row).map(([name, value]) => [name, read(value)])) };
}

function written(value: SqlValue): Written {
  if (typeof value === 'bigint') return String(value);
  return value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value;
}

function read(value: Written): SqlValue {
  return typeof value === 'object' && value !== null ? Buffer.from(value.base64, 'base64') : value;
}
