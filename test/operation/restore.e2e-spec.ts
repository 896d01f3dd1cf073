import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BackupMade, backUp } from '@libs/platform';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readRows } from '../durability/stored-messages.js';
import { openWallWorld } from '../walls/wall-world.js';
import type { ChatWorld } from '../world/chat-world.js';
import { must, openVisitor } from '../world/clients.js';
import { openSecondHome, type SecondHome } from './second-home.js';

const DAY_MS = 86_400_000;

describeColumns('restoring on $column', (column) => {
  const folder = mkdtempSync(join(tmpdir(), 'custodia-restore-'));
  const at = (name: string): string => join(folder, name);
  let world: ChatWorld;
  let second: SecondHome;
  let made: BackupMade;
  let gone: { readonly subjectId: string; readonly token: string };
  let staying: string;

  const backup = (name: string): Promise<BackupMade> => {
    const { config, clock } = world.platform;
    return backUp({ config, clock, to: at(name), keysTo: at(`${name}-keys`), say: () => {} });
  };
  const untouched = async (): Promise<void> => {
    if (column === 'sqlite') {
      expect(existsSync(join(second.home, 'data', 'custodia.db'))).toBe(false);
      expect(existsSync(join(second.home, 'keys', 'keystore.db'))).toBe(false);
    } else expect(await readRows(second.stored, 'SHOW TABLES')).toEqual([]);
    expect(existsSync(join(second.home, 'data', 'restoring'))).toBe(false);
  };

  beforeAll(async () => {
    world = await openWallWorld(column);
    const visitor = await world.visitor();
    must(await visitor.send('to be forgotten'));
    const other = await world.visitor();
    must(await other.send('stays'));
    staying = other.token!;
    const found = await readRows(
      column === 'sqlite'
        ? { file: join(world.platform.config.folders.data, 'custodia.db') }
        : { url: (world.platform.config.database as { url: { reveal(): string } }).url.reveal() },
      'SELECT subject_id FROM chat_conversation ORDER BY created_at, id LIMIT 1',
    );
    gone = { subjectId: String(found[0]!.subject_id), token: visitor.token! };
    made = await backup('before');
    second = await openSecondHome(column);
  });
  afterAll(async () => {
    await second?.drop();
    await world?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    [
      'a folder without its last file',
      'platform.backup-incomplete',
      (set: string) => rmSync(join(set, 'manifest.json')),
    ],
    ['a byte that changed', 'platform.backup-damaged', (set: string) => flip(firstFile(set))],
    ['a file that is missing', 'platform.backup-damaged', (set: string) => rmSync(firstFile(set))],
    ['a file that was cut', 'platform.backup-damaged', (set: string) => writeFileSync(firstFile(set), '')],
    ['a newer format', 'platform.backup-too-new', (set: string) => edit(set, { format: 2 })],
    ['newer data', 'platform.backup-too-new', (set: string) => edit(set, { dataFormat: 99 })],
    ['tables of a newer program', 'platform.backup-too-new', (set: string) => edit(set, { migrations: ['New1999'] })],
    ['the other dialect', 'platform.backup-other-dialect', (set: string) => edit(set, { dialect: 'other' })],
    ['keys in place of data', 'platform.backup-other-kind', (set: string) => edit(set, { kind: 'keys' })],
    ['names that lead out', 'platform.backup-damaged', (set: string) => edit(set, { files: [{ path: '../x' }] })],
    [
      'a manifest that is none',
      'platform.backup-damaged',
      (set: string) => writeFileSync(join(set, 'manifest.json'), '['),
    ],
  ])('F-1412 refuses %s with %s and touches nothing', async (_what, code, spoil) => {
    const set = at(`spoilt-${code}-${Math.floor(performance.now() * 1000)}`);
    cpSync(made.to, set, { recursive: true });
    spoil(set);
    await expect(second.restore({ from: set, keysFrom: made.keysTo })).rejects.toMatchObject({ code });
    await untouched();
  });

  it('P-1904 refuses a copy of keys older than 30 days, and one that is older than the data', async () => {
    second.bring(world.platform.config.folders.home);
    const clock = { now: () => made.data.madeAt + 30 * DAY_MS + 1 };
    const order = { from: made.to, keysFrom: made.keysTo };
    await expect(second.restore({ ...order, clock })).rejects.toMatchObject({ code: 'platform.backup-keys-too-old' });
    const later = await backup('later');
    await expect(second.restore({ from: later.to, keysFrom: made.keysTo })).rejects.toMatchObject({
      code: 'platform.backup-keys-older',
    });
    await untouched();
  });

  it('F-1412 refuses to make a backup where something is, or data and keys in one place', async () => {
    const { config, clock } = world.platform;
    const order = { config, clock, say: () => {} };
    await expect(backUp({ ...order, to: made.to })).rejects.toMatchObject({ code: 'platform.backup-exists' });
    for (const [to, keysTo] of [
      [at('x'), at('x')],
      [at('x'), at('x/keys')],
      [at('y/data'), at('y')],
      [join(config.folders.keys, 'data'), at('x')],
      [at('x'), join(config.folders.ledger, 'keys')],
    ] as const) {
      await expect(backUp({ ...order, to, keysTo })).rejects.toMatchObject({ code: 'platform.backup-not-apart' });
    }
    writeFileSync(at('a-file'), '');
    await expect(backUp({ ...order, to: at('a-file/x') })).rejects.toMatchObject({
      code: 'platform.backup-not-writable',
    });
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('F-1412 without a place for keys they go below keys/copies, where what is older than 30 days is deleted', async () => {
    const { config, clock } = world.platform;
    const first = await backUp({ config, clock, to: at('one'), say: () => {} });
    expect(first.keysTo.startsWith(join(config.folders.keys, 'copies', 'backup-'))).toBe(true);
    const month = { now: () => clock.now() + 31 * DAY_MS };
    const next = await backUp({ config, clock: month, to: at('two'), say: () => {} });
    expect([next.deleted, existsSync(first.keysTo), existsSync(next.keysTo)]).toEqual([1, false, true]);
  });

  it('P-1903 a person destroyed since is gone again before the restored product listens; the others stay', async () => {
    const tenantId = world.tenants[0].id;
    await world.platform.upkeep.destruction.destroySubject(tenantId, gone.subjectId);
    second.bring(world.platform.config.folders.home);
    expect(await second.restore({ from: made.to, keysFrom: made.keysTo })).toBe(1);
    const count = `SELECT COUNT(*) AS n FROM chat_message WHERE subject_id = '${gone.subjectId}'`;
    expect(Number((await readRows(second.stored, count))[0]!.n)).toBe(1);
    await second.start();
    expect(Number((await readRows(second.stored, count))[0]!.n)).toBe(0);
    const { subjects } = await second.platform.keyStore.readSubjects(tenantId, [gone.subjectId], []);
    expect(subjects).toMatchObject([{ state: 'destroyed', wrapped: null }]);
    const inbox = world.tenants[0].inboxKey;
    await expect(openVisitor(second.origin, inbox, { token: gone.token, agree: false })).rejects.toMatchObject({
      code: 'chat.token-invalid',
    });
    const other = await openVisitor(second.origin, inbox, { token: staying, agree: false });
    must(await other.send('still here'));
    other.close();
  });

  it('F-1412 refuses a home that is in use or not empty; --replace gives up what is there', async () => {
    const order = { from: made.to, keysFrom: made.keysTo };
    const used = column === 'sqlite' ? 'platform.folder-in-use' : 'platform.restore-in-use';
    await expect(second.restore({ ...order, replace: true })).rejects.toMatchObject({ code: used });
    await second.stop();
    await expect(second.restore(order)).rejects.toMatchObject({ code: 'platform.restore-not-empty' });
    // The second home has rotated its keys after the destruction; the copy was made under those of the first.
    second.bring(world.platform.config.folders.home);
    await second.restore({ ...order, replace: true });
    const [row] = await readRows(second.stored, 'SELECT MAX(id) AS newest FROM event_journal');
    expect(Number(row!.newest)).toBe(made.data.journal.newestId);
  });

  it('P-1903 refuses a ledger that is behind the backup, so that nobody comes back', async () => {
    const after = await backup('after');
    expect(after.data.ledger.entries).toBeGreaterThan(made.data.ledger.entries);
    const ledger = join(second.home, 'ledger', 'destructions.jsonl');
    const whole = readFileSync(ledger, 'utf8');
    rmSync(ledger);
    const order = { from: after.to, keysFrom: after.keysTo, replace: true };
    await expect(second.restore(order)).rejects.toMatchObject({ code: 'platform.restore-ledger-behind' });
    writeFileSync(ledger, whole);
    await second.restore(order);
  });

  it('P-1902 a copy of keys dies with the next rotation: it is refused, and the newer one opens the same data', async () => {
    expect(await world.platform.upkeep.rotation.rotateDue()).toBe(1);
    second.bring(world.platform.config.folders.home);
    const old = { from: made.to, keysFrom: made.keysTo, replace: true };
    await expect(second.restore(old)).rejects.toMatchObject({ code: 'platform.restore-keys-dead' });
    const [row] = await readRows(second.stored, 'SELECT COUNT(*) AS n FROM chat_message');
    expect(Number(row!.n)).toBeGreaterThan(0);
    const fresh = await backup('fresh');
    await second.restore({ from: made.to, keysFrom: fresh.keysTo, replace: true });
    await second.start();
    const inbox = world.tenants[0].inboxKey;
    const other = await openVisitor(second.origin, inbox, { token: staying, agree: false });
    must(await other.send('opens'));
    other.close();
    await second.stop();
  });
});

function firstFile(set: string): string {
  const folder = join(set, 'database');
  return join(folder, readdirSync(folder).sort()[0]!);
}

function flip(path: string): void {
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = bytes[at]! ^ 1;
  writeFileSync(path, bytes);
}

function edit(set: string, change: Record<string, unknown>): void {
  const path = join(set, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  writeFileSync(path, JSON.stringify({ ...manifest, ...change }));
}
