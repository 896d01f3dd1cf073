import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@libs/kernel';
import { describeColumn } from '@libs/testing';
import { Client } from 'minio';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DestructionLedger, LedgerEntry } from './destruction.ports.js';
import { FileDestructionLedger } from './file-destruction-ledger.js';
import { ObjectDestructionLedger } from './object-destruction-ledger.js';

const order = (subjectId: string, step: LedgerEntry['step'] = 'ordered'): LedgerEntry => ({
  tenantId: 't1',
  subjectId,
  step,
  at: 7,
});

async function all(ledger: DestructionLedger): Promise<readonly LedgerEntry[]> {
  const entries: LedgerEntry[] = [];
  for await (const entry of ledger.entries()) entries.push(entry);
  return entries;
}

describe('the ledger file', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'custodia-ledger-'));
    path = join(folder, 'ledger', 'destructions.jsonl');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps every step once, in order, in a private file', async () => {
    const ledger = new FileDestructionLedger(path);
    expect(await all(ledger)).toEqual([]);
    const entries = [order('a'), order('b'), order('a', 'done')];
    for (const entry of [...entries, order('a')]) await ledger.append(entry);
    expect(await all(new FileDestructionLedger(path))).toEqual(entries);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('passes over a line that a crash left torn, and goes on after it', async () => {
    const ledger = new FileDestructionLedger(path);
    await ledger.append(order('a'));
    appendFileSync(path, '{"entry":{"tenantId":"t1","subj');
    expect(await all(ledger)).toEqual([order('a')]);
    await ledger.append(order('b'));
    expect(await all(ledger)).toEqual([order('a'), order('b')]);
  });

  it.each([
    ['changed', (lines: string[]) => [lines[0]!.replace('"a"', '"x"'), ...lines.slice(1)]],
    ['removed', (lines: string[]) => lines.slice(1)],
    ['reordered', (lines: string[]) => [lines[1]!, lines[0]!, lines[2]!]],
    ['torn inside', (lines: string[]) => [lines[0]!, lines[1]!.slice(0, 30), lines[2]!]],
  ])('notices a line that was %s', async (_how, damage) => {
    const ledger = new FileDestructionLedger(path);
    for (const id of ['a', 'b', 'c']) await ledger.append(order(id));
    writeFileSync(path, damage(readFileSync(path, 'utf8').trimEnd().split('\n')).join('\n'));
    await expect(all(ledger)).rejects.toMatchObject({ code: 'privacy.ledger-damaged' });
    await expect(ledger.append(order('d'))).rejects.toMatchObject({ code: 'privacy.ledger-damaged' });
  });
});

/** `TEST_MINIO_URL` is `http://access:secret@host:port`. */
const minioUrl = process.env.TEST_MINIO_URL;

describeColumn('mariadb', 'the ledger in a bucket under object lock', () => {
  const place = () => {
    const url = new URL(minioUrl!);
    return {
      endpoint: url.hostname,
      port: Number(url.port),
      tls: false,
      accessKey: decodeURIComponent(url.username),
      secretKey: decodeURIComponent(url.password),
    };
  };
  const client = () => {
    const { endpoint, port, accessKey, secretKey } = place();
    return new Client({ endPoint: endpoint, port, useSSL: false, accessKey, secretKey });
  };

  it('keeps every step once, and no version of it can be deleted', async () => {
    const bucket = `ledger-${newId()}`;
    const ledger = new ObjectDestructionLedger({ ...place(), bucket, mode: 'COMPLIANCE', retentionDays: 1 });
    await ledger.open();
    await ledger.open();
    const entries = [order('a'), order('b'), order('a', 'done')];
    for (const entry of [...entries, order('a')]) await ledger.append(entry);
    const found = await all(ledger);
    expect(found).toHaveLength(3);
    expect(found).toEqual(expect.arrayContaining(entries));
    const name = 'destructions/t1/a/ordered.json';
    const { versionId } = await client().statObject(bucket, name);
    const removal = client().removeObject(bucket, name, { versionId: versionId!, governanceBypass: true });
    await expect(removal).rejects.toThrow();
    expect(await all(ledger)).toHaveLength(3);
  });

  it('refuses a bucket that could be emptied', async () => {
    const bucket = `plain-${newId()}`;
    await client().makeBucket(bucket);
    const ledger = new ObjectDestructionLedger({ ...place(), bucket });
    await expect(ledger.open()).rejects.toMatchObject({ code: 'privacy.ledger-not-locked' });
  });
});
