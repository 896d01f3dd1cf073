import { closeSync, createReadStream, fsyncSync, openSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { OperationalError } from '@libs/kernel';
import { makePrivateFolder, syncFolder, writeWhole } from '../durable/durable-file.js';
import type { CopyContents, WrappedRow } from './key-store.port.js';
import { type Row, text } from './key-store.rows.js';

const PRIVATE_FILE = 0o600;
const SAMPLE = 100;

interface CopiedRow {
  readonly table: string;
  readonly row: Readonly<Record<string, string | number | null | { readonly base64: string }>>;
}

/** Writes tables as lines of JSON, ended by a line with their number; the file appears whole or not at all. */
export async function writeCopyLines(
  folder: string,
  name: string,
  tables: readonly string[],
  read: (table: string) => AsyncIterable<Row>,
): Promise<string> {
  makePrivateFolder(folder);
  const unfinished = join(folder, `.${name}.unfinished`);
  const path = join(folder, `${name}.jsonl`);
  const descriptor = openSync(unfinished, 'w', PRIVATE_FILE);
  try {
    let lines = 0;
    for (const table of tables) {
      for await (const row of read(table)) {
        writeWhole(descriptor, Buffer.from(`${JSON.stringify({ table, row: encode(row) })}\n`));
        lines++;
      }
    }
    writeWhole(descriptor, Buffer.from(`${JSON.stringify({ end: lines })}\n`));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(unfinished, path);
  syncFolder(folder);
  return path;
}

/** Reads such a file back for one tenant; a file that is cut or damaged is refused. */
export async function readCopyLines(path: string, tenantId: string, version: number): Promise<CopyContents> {
  let lines = 0;
  let end: number | undefined;
  let stale = 0;
  let live = 0;
  const sample: WrappedRow[] = [];
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const parsed = parse(path, line);
    if ('end' in parsed) end = parsed.end;
    else {
      lines++;
      const row = liveRow(parsed, tenantId);
      if (row === undefined) continue;
      live++;
      if (row.kekVersion !== version) stale++;
      if (sample.length < SAMPLE) sample.push(row);
    }
  }
  if (end !== lines) throw damaged(path);
  return { stale, live, sample };
}

function encode(row: Row): CopiedRow['row'] {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value,
    ]),
  );
}

function parse(path: string, line: string): CopiedRow | { readonly end: number } {
  try {
    return JSON.parse(line) as CopiedRow | { readonly end: number };
  } catch {
    throw damaged(path);
  }
}

function liveRow({ table, row }: CopiedRow, tenantId: string): WrappedRow | undefined {
  const kind = ({ keystore_subject_key: 'subject', keystore_tenant_key: 'tenant' } as const)[table];
  if (kind === undefined || row.tenant_id !== tenantId || row.state !== 'live') return undefined;
  const id = text((kind === 'subject' ? row.subject_id : row.name) as string);
  const wrapped = Buffer.from((row.wrapped as { readonly base64: string }).base64, 'base64');
  return { kind, id, kekVersion: Number(row.kek_version), wrapped };
}

function damaged(path: string): OperationalError {
  return new OperationalError('privacy.copy-damaged', `The copy ${path} of the key store is damaged.`);
}
