import { StepKind } from '@libs/database';
import { newId, UserError } from '@libs/kernel';
import { describeColumns, openTestPlatform, type TestPlatform } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** A step that inserts a subject, or fails in the way the test wants. */
class Probe extends StepKind<{ id: string; fail?: 'refuse' | 'throw' }, { rows: unknown[][]; tenant: string }> {
  readonly name = 'probe';
  readonly order = 50;
  load() {
    return { rows: [] as unknown[][], tenant: '' };
  }
  decide(_state: unknown, { item }: { item: { fail?: string } }) {
    return item.fail === 'refuse' ? new UserError('probe.refused', 'refused') : undefined;
  }
  apply(
    state: { rows: unknown[][] },
    { item, set }: { item: { id: string; fail?: string }; set: { tenantId: string } },
  ) {
    // A null in a NOT NULL column: the database itself refuses the whole statement.
    state.rows.push([set.tenantId, item.id, item.fail === 'throw' ? null : 'visitor', 'live', 1]);
  }
  write(tx: never, state: { rows: unknown[][] }) {
    return (tx as { insert(...values: unknown[]): Promise<void> }).insert('privacy_data_subject', COLUMNS, state.rows);
  }
}
const COLUMNS = ['tenant_id', 'id', 'kind', 'state', 'created_at'];
const probe = new Probe();

describeColumns('group commit on $column with real rows', (column) => {
  let world: TestPlatform;
  beforeAll(async () => {
    world = await openTestPlatform({ column });
  });
  afterAll(() => world?.close());

  const submit = (id: string, fail?: 'refuse' | 'throw') =>
    world.platform.committer.submit({
      tenantId: world.tenants[0],
      actor: { kind: 'system', id: 'test' },
      purpose: 'security',
      correlationId: newId(),
      steps: [probe.step(fail ? { id, fail } : { id })],
      journal: [{ kind: 'test.made.v1', subjectId: null, resource: `probe:${id}`, fields: 'id', commitment: null }],
    });

  const stored = async (ids: readonly string[]): Promise<Set<string>> => {
    const marks = ids.map(() => '?').join(', ');
    const rows = await world.platform.work.upkeep(
      async (tx) =>
        tx.all<{ id: string }>(`SELECT id FROM privacy_data_subject WHERE tenant_id = ? AND id IN (${marks})`, [
          world.tenants[0],
          ...ids,
        ]),
      new Set(world.tenants),
    );
    return new Set(rows.map((row) => row.id));
  };

  it.each(['refuse', 'throw'] as const)(
    '20 parallel write sets, half failing (%s), beside independent ones keep exactly the right rows',
    async (how) => {
      const ids = Array.from({ length: 20 }, () => newId());
      const beside = Array.from({ length: 10 }, () => newId());
      const results = await Promise.allSettled([
        ...ids.map((id, index) => submit(id, index % 2 ? how : undefined)),
        ...beside.map((id) => submit(id)),
      ]);
      const good = [...ids.filter((_, index) => index % 2 === 0), ...beside];
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(20);
      expect(await stored([...ids, ...beside])).toEqual(new Set(good));
    },
  );

  it('one bad set never fails its neighbours, and says why to its own caller', async () => {
    const [before, bad, after] = [newId(), newId(), newId()];
    const results = await Promise.allSettled([submit(before), submit(bad, 'throw'), submit(after)]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((results[1] as PromiseRejectedResult).reason).toMatchObject({ code: 'database.write-failed' });
  });

  it('P-1010 a write set without a journal entry is refused', async () => {
    const set = { tenantId: world.tenants[0], actor: { kind: 'system', id: 't' }, purpose: 'security' } as const;
    await expect(
      world.platform.committer.submit({ ...set, correlationId: newId(), steps: [], journal: [] }),
    ).rejects.toMatchObject({ code: 'database.no-journal' });
  });

  it('a write outside a unit of work throws', async () => {
    const { reader } = world.platform.database;
    await expect(
      (async () => reader.all("UPDATE tenant_tenant SET name = 'x' WHERE id = ?", [world.tenants[0]]))(),
    ).rejects.toThrow();
    const rows = await reader.all<{ name: string }>('SELECT name FROM tenant_tenant WHERE id = ?', [world.tenants[0]]);
    expect(rows[0]?.name).toBe('Alpha');
  });

  it('a unit of work inside another one is refused instead of waiting for ever', async () => {
    const { work } = world.platform;
    await expect(work.upkeep(() => work.upkeep(async () => 1))).rejects.toMatchObject({
      code: 'database.nested-work',
    });
  });
});
