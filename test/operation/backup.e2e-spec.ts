import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { VisitorSent, VisitorSynced } from '@libs/contracts';
import { type BackupMade, backUp } from '@libs/platform';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signIn } from '../durability/following-agent.js';
import { countStored, readRows } from '../durability/stored-messages.js';
import { openWallWorld } from '../walls/wall-world.js';
import type { ChatWorld } from '../world/chat-world.js';
import { ask, must, newSender, openVisitor, until, type Visitor } from '../world/clients.js';
import { openSecondHome, type SecondHome } from './second-home.js';

const MARKER = 'marker-of-a-message-7f31';
const VISITORS = 20;
const MESSAGES = 100;
/** So many fit into one page of a visitor's history. */
const MOST = 190;
/** Between those that are sent only because the copy is not made yet. */
const PAUSE_MS = 100;

describeColumns('a backup on $column, made while messages flow', (column) => {
  const folder = mkdtempSync(join(tmpdir(), 'custodia-backup-'));
  const to = join(folder, 'data');
  const keysTo = join(folder, 'keys');
  const visitors: Visitor[] = [];
  let world: ChatWorld;
  let second: SecondHome;
  let made: BackupMade;
  let acknowledged = 0;
  let isCopied = false;

  beforeAll(async () => {
    world = await openWallWorld(column);
    for (let count = 0; count < VISITORS; count += 1) visitors.push(await world.visitor());
    const flowing = visitors.map((visitor, index) => talk(visitor, index));
    await until(() => acknowledged > 300, 60_000);
    const { config, clock } = world.platform;
    made = await backUp({ config, clock, to, keysTo, say: () => {} });
    isCopied = true;
    await Promise.all(flowing);
    second = await openSecondHome(column);
  });
  afterAll(async () => {
    await second?.drop();
    await world?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Goes on until the copy is made, and a word longer. */
  const talk = async (visitor: Visitor, index: number): Promise<void> => {
    const say = async (number: number): Promise<void> => {
      must(await visitor.send(`${MARKER} ${index}#${number}`));
      acknowledged += 1;
    };
    let number = 1;
    for (; number < MOST && (number < MESSAGES || !isCopied); number += 1) {
      await say(number);
      if (number >= MESSAGES) await sleep(PAUSE_MS);
    }
    await until(() => isCopied, 150_000);
    await say(number);
  };

  it('P-1904 holds no readable text, no key in the data and no root key at all', async () => {
    const data = allBytes(
      to,
      made.data.files.map(({ path }) => path),
    );
    expect(data.includes(MARKER)).toBe(false);
    const root = JSON.parse(readFileSync(join(world.platform.config.folders.keys, 'root.key'), 'utf8')) as {
      readonly tenants: Readonly<Record<string, { readonly keys: Readonly<Record<string, string>> }>>;
    };
    const keks = Object.values(root.tenants).flatMap(({ keys }) => Object.values(keys));
    expect(keks.length).toBeGreaterThan(1);
    const manifest = JSON.parse(readFileSync(join(keysTo, 'manifest.json'), 'utf8')) as BackupMade['data'];
    const keys = allBytes(
      keysTo,
      manifest.files.map(({ path }) => path),
    );
    for (const kek of keks) {
      for (const bytes of [data, keys]) {
        expect(bytes.includes(kek) || bytes.includes(Buffer.from(kek, 'base64'))).toBe(false);
      }
    }
    expect(data.includes('keystore_subject_key')).toBe(false);
    expect(made.data.files.some(({ path }) => path.includes('ledger'))).toBe(false);
  });

  it('F-1412 restores into an empty home: heads equal rows, every row has its journal entry and no place is missing', async () => {
    second.bring(world.platform.config.folders.home);
    expect(await second.restore({ from: to, keysFrom: keysTo })).toBe(0);
    const stored = await countStored(second.stored);
    expect(stored.messages).toBeGreaterThan(250);
    expect(stored.messages).toBeLessThan(acknowledged);
    expect(stored).toMatchObject({ sends: stored.messages, withGaps: 0, journaled: stored.messages });
    const [journal] = await readRows(second.stored, 'SELECT COUNT(*) AS n, MAX(id) AS newest FROM event_journal');
    expect([Number(journal!.n), Number(journal!.newest)]).toEqual([
      made.data.journal.entries,
      made.data.journal.newestId,
    ]);
  });

  it('P-1901 every visitor reads what was stored, a resend is answered with it, and new messages go on without a gap', async () => {
    const stored = await countStored(second.stored);
    await second.start();
    let read = 0;
    for (const [index, visitor] of visitors.entries()) {
      const back = await openVisitor(second.origin, world.tenants[0].inboxKey, { token: visitor.token!, agree: false })
        // Who wrote the first message after the backup is not in it.
        .catch(() => undefined);
      if (!back) continue;
      const { items } = must(await ask<VisitorSynced>(back.socket, 'sync', { after: 0, limit: 200 }));
      const texts = items.map((item) => ('text' in item ? item.text : ''));
      expect(texts).toEqual(texts.map((_, at) => `${MARKER} ${index}#${at + 1}`));
      const kept = texts.length;
      read += kept;
      const old = (number: number, text: string) =>
        ask<VisitorSent>(back.socket, 'message:send', { sender: visitor.sender, number, text });
      expect(must(await old(kept, `${MARKER} ${index}#${kept}`)).seq).toBe(kept);
      expect(await old(kept + 2, 'a gap')).toMatchObject({ ok: false });
      expect(must(await old(kept + 1, 'the next one')).seq).toBe(kept + 1);
      const packet = { sender: newSender(), number: 1, text: 'from a new page' };
      expect(must(await ask<VisitorSent>(back.socket, 'message:send', packet)).seq).toBe(kept + 2);
      back.close();
    }
    expect(read).toBe(stored.messages);
    await second.platform.consumers.settle();
    expect(await countStored(second.stored)).toMatchObject({ withGaps: 0 });
    if (column === 'mariadb') {
      const sql = 'SELECT COUNT(*) AS n, COUNT(position) AS placed, MAX(position) AS highest FROM event_journal';
      const [places] = await readRows(second.stored, sql);
      expect([Number(places!.placed), Number(places!.highest)]).toEqual([Number(places!.n), Number(places!.n)]);
    }
  });

  it('P-1901 members sign in with what they had, and the product says that it is ready', async () => {
    expect((await fetch(`${second.origin}/readyz`)).status).toBe(200);
    const { email, password } = world.tenants[0].members[1]!;
    expect(await signIn(second.origin, email, password)).toContain('=');
  });
});

function allBytes(folder: string, paths: readonly string[]): Buffer {
  return Buffer.concat(paths.map((path) => readFileSync(join(folder, path))));
}
