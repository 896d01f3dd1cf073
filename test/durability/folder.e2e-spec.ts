import { execFileSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWhere, type Need } from '@libs/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../servers/index.mjs';
import { until } from '../world/clients.js';
import { NumberedVisitor } from './numbered-visitor.js';
import { type ProductProcess, productProcess } from './product-process.js';
import { countStored } from './stored-messages.js';

const bench = { CUSTODIA_PROFILE: 'bench', CUSTODIA_SEED_BENCH: '1' };
const folder = mkdtempSync(join(tmpdir(), 'custodia-folder-'));
const mounts: string[] = [];

/** A small disk; root may mount one. */
const SMALL_DISK: Need = {
  name: 'the right to mount a tmpfs',
  isMet: mountTmpfs('probe', 'size=1m') !== undefined,
  isOptional: true,
};

function mountTmpfs(name: string, options: string): string | undefined {
  const at = join(folder, name);
  mkdirSync(at);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', at], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  mounts.push(at);
  return at;
}

afterAll(() => {
  for (const at of mounts) execFileSync('umount', ['-l', at]);
  rmSync(folder, { recursive: true, force: true });
});

describe('the folder of the embedded database', () => {
  let product: ProductProcess;
  const home = join(folder, 'home');
  beforeAll(async () => {
    const port = await freePort();
    product = productProcess({ env: { ...bench, CUSTODIA_HOME: home }, outputFile: join(folder, 'first.log'), port });
    await product.start();
  });
  afterAll(() => product?.kill9());

  it('a second process says that the folder is in use and ends; the first goes on', async () => {
    const port = await freePort();
    const outputFile = join(folder, 'second.log');
    const second = productProcess({ env: { ...bench, CUSTODIA_HOME: home }, outputFile, port });
    const { code, said } = await second.startRefused();
    expect(code).toBe(1);
    expect(said).toContain(`Another process uses the folder ${join(home, 'data')}`);
    expect(said).toContain('CUSTODIA_HOME=');
    expect((await fetch(`${product.url}/healthz`)).status).toBe(200);
  });

  it('a killed process leaves no lock behind', async () => {
    await product.kill9();
    await product.start();
    expect((await fetch(`${product.url}/healthz`)).status).toBe(200);
  });

  it('the folders are private: 0700', () => {
    for (const name of ['data', 'keys', 'ledger']) expect(statSync(join(home, name)).mode & 0o777).toBe(0o700);
  });

  it('a folder that cannot be made: a clear message with the way out', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const { code, said } = await refusedStart({ ...bench, CUSTODIA_HOME: join(file, 'home') }, 'not-a-folder.log');
    expect(code).toBe(1);
    expect(said).toMatch(/cannot be written\. .*CUSTODIA_HOME=/);
  });
});

describeWhere(SMALL_DISK, 'a disk that does not take writes', () => {
  it('read-only folder: a clear message with the way out', async () => {
    const home = mountTmpfs('read-only', 'size=12m')!;
    for (const name of ['data', 'keys', 'ledger']) mkdirSync(join(home, name));
    execFileSync('mount', ['-o', 'remount,ro', home]);
    const { code, said } = await refusedStart({ ...bench, CUSTODIA_HOME: home }, 'read-only.log');
    expect(code).toBe(1);
    expect(said).toMatch(/cannot be written\. .*CUSTODIA_HOME=/);
  });

  it('full disk: writes are refused with a stable code, nothing acknowledged is lost, room brings them back', async () => {
    const home = mountTmpfs('full', 'size=12m')!;
    const port = await freePort();
    const product = productProcess({
      env: { ...bench, CUSTODIA_HOME: home },
      outputFile: join(folder, 'full.log'),
      port,
    });
    await product.start();
    const seed = JSON.parse(readFileSync(join(home, 'bench.json'), 'utf8')) as { inboxKey: string; origin: string };
    const visitor = new NumberedVisitor({ url: product.url, inboxKey: seed.inboxKey, pageOrigin: seed.origin }, 'full');
    try {
      await visitor.send(5);
      fillDisk(home);
      const codes = await refusalsUntilFull(visitor);
      expect(new Set(codes)).toEqual(new Set(['database.disk']));
      await product.kill9();
      rmSync(join(home, 'filler'));
      await product.start();
      await visitor.send(3);
      fillDisk(home);
      await refusalsUntilFull(visitor);
      rmSync(join(home, 'filler'));
      await visitor.send(3);
      const stored = await countStored({ file: join(home, 'data', 'custodia.db') });
      expect(stored).toMatchObject({ messages: visitor.acknowledged.length, sends: stored.messages, withGaps: 0 });
      await visitor.sync();
      expect(visitor.stream.entries.map(({ text }) => text)).toEqual(visitor.acknowledged.map(({ text }) => text));
    } finally {
      visitor.close();
      await product.kill9();
    }
  });
});

async function refusedStart(env: Record<string, string>, name: string): Promise<{ code: number | null; said: string }> {
  const product = productProcess({ env, outputFile: join(folder, name), port: await freePort() });
  return product.startRefused();
}

/** Leaves no block free, whatever the product writes meanwhile. */
function fillDisk(home: string): void {
  const file = openSync(join(home, 'filler'), 'a');
  try {
    for (const block = Buffer.alloc(4096); ; ) writeSync(file, block);
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(file);
  }
}

/** Sends until the free rest of the last page and the log is used up; answers the codes of the refusals. */
async function refusalsUntilFull(visitor: NumberedVisitor): Promise<string[]> {
  const codes: string[] = [];
  await until(async () => {
    const answer = await visitor.offerNext();
    if (!answer.ok) codes.push(answer.code);
    return codes.length >= 3;
  });
  return codes;
}
