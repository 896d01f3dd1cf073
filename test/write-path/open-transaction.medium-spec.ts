import { setTimeout as sleep } from 'node:timers/promises';
import { type Tx, type WorkScope } from '@libs/database';
import { ConsumerRunner, type JournalConsumer, type JournalRow, Sequencer } from '@libs/events';
import { newId } from '@libs/kernel';
import { describeColumns, openTestPlatform, type TestPlatform } from '@libs/testing';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../world/clients.js';

const KIND = 'test.counted.v1';

/** Keeps what it was handed, as a consumer whose effect is a list. */
class Collector implements JournalConsumer {
  readonly kinds = [KIND];
  readonly rows: JournalRow[] = [];

  constructor(readonly name: string) {}

  async handle(_tx: Tx, rows: readonly JournalRow[]): Promise<void> {
    this.rows.push(...rows);
  }
}

/** Faults of what a consumer saw: events missing, seen twice, or out of order within their resource. */
function faultsOf({ name, rows }: Collector, expected: number): string[] {
  const faults: string[] = [];
  if (new Set(rows.map(({ id }) => id)).size !== rows.length) faults.push(`${name} saw an event twice`);
  if (rows.length !== expected) faults.push(`${name} saw ${rows.length} of ${expected}`);
  const last = new Map<string, number>();
  for (const { resource, detail } of rows) {
    if (Number(detail.n) !== (last.get(resource) ?? 0) + 1) faults.push(`${name}: ${resource} has ${detail.n}`);
    last.set(resource, Number(detail.n));
  }
  return faults;
}

describeColumns('a transaction held open on $column while others commit', (column) => {
  let world: TestPlatform;
  let scope: WorkScope;
  const counts = new Map<string, number>();
  let total = 0;
  beforeAll(async () => {
    world = await openTestPlatform({ column });
    scope = {
      tenantId: world.tenants[0],
      actor: { kind: 'system', id: 't' },
      purpose: 'security',
      correlationId: newId(),
    };
  });
  afterAll(() => world?.close());

  const next = (resource: string): number => {
    total += 1;
    counts.set(resource, (counts.get(resource) ?? 0) + 1);
    return counts.get(resource)!;
  };
  const entry = (resource: string) => {
    const n = next(resource);
    return { kind: KIND, subjectId: null, resource, fields: 'n', detail: () => ({ n }), commitment: null };
  };
  const submit = (resource: string): Promise<void> =>
    world.platform.committer.submit({ ...scope, steps: [], journal: [entry(resource)] });
  const settled = async (...collectors: Collector[]): Promise<void> => {
    await world.platform.consumers.settle();
    await until(() => collectors.every(({ rows }) => rows.length >= total));
  };

  it('every consumer sees every event once, in order per conversation', async () => {
    const early = new Collector('test.early');
    world.platform.consumers.add(early);
    let end = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      end = resolve;
    });
    const slow = world.platform.work.run(scope, async (work) => {
      work.record(entry('probe:slow'));
      await held;
    });
    const raw = column === 'mariadb' ? holdRaw(world, () => next('probe:raw'), held) : Promise.resolve();
    const fast: Promise<void>[] = [];
    for (let round = 0; round < 100; round += 1) {
      for (let one = 0; one < 5; one += 1) fast.push(submit(`probe:${one}`));
      await sleep(5);
    }
    if (column === 'mariadb') {
      // The open transactions hold nobody up: what was committed beside them is seen before they end.
      await Promise.all(fast);
      await until(() => early.rows.length >= 500);
      expect(early.rows.some(({ resource }) => /slow|raw/.test(resource))).toBe(false);
    }
    end();
    await Promise.all([slow, raw, ...fast]);
    const late = new Collector('test.late');
    world.platform.consumers.add(late);
    await settled(early, late);
    expect(total).toBe(column === 'mariadb' ? 502 : 501);
    expect([...faultsOf(early, total), ...faultsOf(late, total)]).toEqual([]);
  });

  it('processes that begin a consumer at the same moment share its cursor: each event once, and nobody fails', async () => {
    const { database, work } = world.platform;
    await submit('probe:twins');
    const faults: unknown[] = [];
    for (let round = 0; round < 20; round += 1) {
      const twins = [0, 1].map(() => {
        const collector = new Collector(`test.twin-${round}`);
        const sequencer = new Sequencer(database.reader, work);
        const runner = new ConsumerRunner(database.reader, work, sequencer, (_name, error) => faults.push(error));
        runner.add(collector);
        return { collector, runner };
      });
      await Promise.all(twins.map(({ runner }) => runner.settle()));
      await Promise.all(twins.map(({ runner }) => runner.stop()));
      expect(twins.flatMap(({ collector }) => collector.rows)).toHaveLength(total);
    }
    expect(faults).toEqual([]);
  });

  it('of two units of work that wait for each other one is done again, and both are kept', async () => {
    const [one, other] = world.tenants;
    const tries = { [one]: 0, [other]: 0 };
    const both = meeting(2);
    const versions = async () => {
      const sql = 'SELECT version FROM tenant_tenant WHERE id IN (?, ?) ORDER BY id';
      const ask = async (tx: Tx) => tx.all<{ version: number }>(sql, [one, other]);
      return (await world.platform.work.upkeep(ask, new Set(world.tenants))).map(({ version }) => Number(version));
    };
    const before = await versions();
    const unit = (first: string, second: string) =>
      world.platform.work.run({ ...scope, tenantId: first, alsoIn: [second] }, async ({ tx, record }) => {
        tries[first]! += 1;
        const touch = (id: string) => tx.run('UPDATE tenant_tenant SET version = version + 1 WHERE id = ?', [id]);
        await touch(first);
        // SQLite lets in one writer at a time.
        if (column === 'mariadb' && tries[first] === 1) await both();
        await touch(second);
        record({ kind: 'test.met.v1', subjectId: null, resource: `probe:${first}`, fields: '', commitment: null });
      });
    await Promise.all([unit(one, other), unit(other, one)]);
    expect(Object.values(tries).sort()).toEqual(column === 'mariadb' ? [1, 2] : [1, 1]);
    expect(await versions()).toEqual(before.map((version) => version + 2));
  });
});

/** Ends for all when so many have come. */
function meeting(expected: number): () => Promise<void> {
  let come = 0;
  let letGo = (): void => undefined;
  const met = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  return () => {
    come += 1;
    if (come === expected) letGo();
    return met;
  };
}

/** Another program's transaction: its journal row has a low insertion id and becomes visible late. */
async function holdRaw(world: TestPlatform, next: () => number, held: Promise<void>): Promise<void> {
  const connection = await createConnection(world.env.CUSTODIA_DATABASE_URL!);
  try {
    await connection.query('START TRANSACTION');
    await connection.query('INSERT INTO event_journal SET ?', {
      tenant_id: world.tenants[0],
      kind: KIND,
      actor: 'system:raw',
      purpose: 'security',
      resource: 'probe:raw',
      fields: 'n',
      detail: JSON.stringify({ n: next() }),
      correlation: newId(),
      at: Date.now(),
    });
    await held;
    await connection.query('COMMIT');
  } finally {
    await connection.end();
  }
}
