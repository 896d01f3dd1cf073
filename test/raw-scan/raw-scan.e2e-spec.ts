import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ProductProcess, productProcess } from '../durability/product-process.js';
import { readRows } from '../durability/stored-messages.js';
import { freePort } from '../servers/index.mjs';
import { newSender } from '../world/clients.js';
import { needlesOf } from './needles.js';
import { scanFolder } from './scan.js';
import { openScannedPlaces, type ScannedPlaces } from './scanned-places.js';
import { type DayResult, liveThroughDay, type SeededPlace, seedMarked } from './scripted-day.js';

/** Lower case letters and digits: a login is stored normalised. */
const random = (): string => `q${Buffer.from(newSender()).toString('hex').slice(0, 19)}`;

describe('the scan itself', () => {
  it('P-1002 finds a text in every form it looks for, at every alignment and across pieces', () => {
    const folder = mkdtempSync(join(tmpdir(), 'custodia-scan-'));
    try {
      const core = random();
      const forms: Record<string, Buffer> = {
        plain: Buffer.from(`…${core}…`),
        upper: Buffer.from(core.toUpperCase()),
        wide: Buffer.from(`x${core}`, 'utf16le'),
        hex: Buffer.from(Buffer.from(`ab${core}`).toString('hex')),
        url: Buffer.from([...core].map((one) => `%${one.charCodeAt(0).toString(16)}`).join('')),
        json: Buffer.from([...core].map((one) => `\\u00${one.charCodeAt(0).toString(16)}`).join('')),
        across: Buffer.concat([Buffer.alloc(8 * 1024 * 1024 - 5), Buffer.from(core), Buffer.alloc(100)]),
      };
      for (const before of ['', 'a', 'ab', 'abc']) {
        forms[`base64-${before.length}`] = Buffer.from(Buffer.from(`${before}${core}tail`).toString('base64'));
      }
      for (const [name, bytes] of Object.entries(forms)) writeFileSync(join(folder, name), bytes);
      const { hits } = scanFolder(folder, needlesOf(core));
      expect(new Set(hits.map(({ place }) => place.slice(folder.length + 1)))).toEqual(new Set(Object.keys(forms)));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describeColumns('raw scan on $column after a scripted day', (column) => {
  const core = random();
  const control = random();
  const mark = (field: string): string => `${core}-${field}`;
  let places: ScannedPlaces;
  let seeded: SeededPlace;
  let product: ProductProcess;
  let day: DayResult;
  beforeAll(async () => {
    places = await openScannedPlaces(column);
    seeded = await seedMarked(places.env, mark, `Shop ${control}`);
    const env = {
      ...places.env,
      LOG_LEVEL: 'trace',
      CRASH_WITH: mark('crash'),
      NODE_OPTIONS: `--import=${resolve('test/raw-scan/crash-on-signal.mjs')}`,
    };
    product = productProcess({ env, outputFile: places.outputFile, port: await freePort() });
    await product.start();
    day = await liveThroughDay(product.url, seeded, mark);
  });
  afterAll(async () => {
    day?.visitor.close();
    day?.agent.close();
    await product?.kill9();
    await places?.drop();
  });

  const expectNothing = async (): Promise<void> => {
    const { hits, files, bytes } = await places.scan(needlesOf(core));
    console.log(`${column}: ${files} files, ${Math.round(bytes / 1e6)} MB, ${hits.length} hits`);
    expect(hits).toEqual([]);
    expect(files).toBeGreaterThan(5);
  };

  it('the day was real: what was written is shown to those who may see it', () => {
    for (const field of ['first-message', 'second-message', 'http-message', 'reply', 'note', 'member']) {
      expect(day.shown.join()).toContain(mark(field));
    }
  });

  it('P-1002 no mark lies in database, logs, key store, ledger, objects, Redis or output while it runs', expectNothing);

  it('P-1002 the scan finds what is not protected, in each kind of place', async () => {
    const planted = await places.plant(control);
    const found = (await places.scan(needlesOf(control))).hits.map(({ place }) => place);
    const kinds = column === 'sqlite' ? [/custodia\.db/] : [/\.ibd$/, /ib_logfile/, /binlog\.\d+$/];
    const missed = [
      ...kinds.filter((kind) => !found.some((place) => kind.test(place))).map(String),
      ...planted.filter((place) => !found.some((one) => one.startsWith(place))),
    ];
    expect(missed).toEqual([]);
  });

  it('P-1002 a database that fails under a send puts nothing personal into the output', async () => {
    const stored =
      column === 'sqlite'
        ? { file: join(places.home, 'data', 'custodia.db') }
        : { url: places.env.CUSTODIA_DATABASE_URL! };
    await readRows(stored, 'ALTER TABLE chat_message RENAME TO chat_message_away');
    const before = product.output().length;
    expect(await day.send(mark('failed'))).toMatch(/^(database|chat)\./);
    await readRows(stored, 'ALTER TABLE chat_message_away RENAME TO chat_message');
    expect(await day.send(mark('mended'))).toBeUndefined();
    expect(product.output().slice(before)).not.toContain(core);
  });

  it('P-1002 a crash says where and not what', async () => {
    const before = product.output().length;
    expect(await product.end('SIGUSR2')).toBe('1');
    const said = product.output().slice(before);
    expect(said).toContain('process.crashed');
    expect(said).toContain('SyntaxError');
    await expectNothing();
  });

  it('P-1002 neither an abort nor an orderly end leaves a mark', async () => {
    await product.start();
    expect(await product.end('SIGABRT')).toBe('SIGABRT');
    expect(readdirSync('.').filter((name) => /^(core|report\.)/.test(name))).toEqual([]);
    await product.start();
    expect(await product.end('SIGTERM')).toBe('0');
    await expectNothing();
  });
});
