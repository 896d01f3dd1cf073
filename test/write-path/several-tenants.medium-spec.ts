import { insertRow, StepKind, type WriteSet } from '@libs/database';
import { newId, UserError } from '@libs/kernel';
import { describeColumns, openTestPlatform, type TestPlatform } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** Refuses the set that it stands in. */
class Refusal extends StepKind<null, null> {
  readonly name = 'refusal';
  readonly order = 60;
  load() {
    return null;
  }
  decide() {
    return new UserError('probe.refused', 'refused');
  }
  apply() {}
  write() {}
}
const refusal = new Refusal();
const COLUMNS = ['id', 'kind', 'state', 'created_at'];

describeColumns('one act over several tenants on $column', (column) => {
  let world: TestPlatform;
  beforeAll(async () => {
    world = await openTestPlatform({ column });
  });
  afterAll(() => world?.close());

  const entry = (id: string) => ({
    ...{ kind: 'test.made.v1', subjectId: null, resource: `probe:${id}` },
    ...{ fields: 'id', commitment: null },
  });
  const setOf = (tenantId: string, id: string): WriteSet => ({
    ...{ tenantId, actor: { kind: 'system', id: 'test' }, purpose: 'security', correlationId: id },
    steps: [insertRow.step({ table: 'privacy_data_subject', columns: COLUMNS, values: [id, 'visitor', 'live', 1] })],
    journal: [entry(id)],
  });
  const look = async (table: string, where: string, value: string) => {
    const both = new Set(world.tenants);
    const found: string[] = [];
    for (const tenantId of world.tenants) {
      const rows = await world.platform.work.upkeep(
        (tx) =>
          Promise.resolve(tx.all(`SELECT * FROM ${table} WHERE tenant_id = ? AND ${where} = ?`, [tenantId, value])),
        both,
      );
      found.push(...rows.map(() => tenantId));
    }
    return found;
  };

  it('F-0101 sets that go along are written together, each with rows and journal of its own tenant', async () => {
    const id = newId();
    const [a, b] = world.tenants;
    await world.platform.committer.submit({ ...setOf(a, id), along: [setOf(b, id)] });
    expect(await look('privacy_data_subject', 'id', id)).toEqual([a, b]);
    expect(await look('event_journal', 'resource', `probe:${id}`)).toEqual([a, b]);
  });

  it('F-0101 a refusal in any of them leaves nothing of either, and neighbours of the batch alone', async () => {
    const [id, neighbour] = [newId(), newId()];
    const [a, b] = world.tenants;
    const refused = { ...setOf(b, id), steps: [...setOf(b, id).steps, refusal.step(null)] };
    const results = await Promise.allSettled([
      world.platform.committer.submit({ ...setOf(a, id), along: [refused] }),
      world.platform.committer.submit(setOf(a, neighbour)),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(await look('privacy_data_subject', 'id', id)).toEqual([]);
    expect(await look('event_journal', 'resource', `probe:${id}`)).toEqual([]);
    expect(await look('privacy_data_subject', 'id', neighbour)).toEqual([a]);
  });

  it('F-0101 each set needs a journal entry of its own', async () => {
    const [a, b] = world.tenants;
    const silent = { ...setOf(b, newId()), journal: [] };
    await expect(world.platform.committer.submit({ ...setOf(a, newId()), along: [silent] })).rejects.toMatchObject({
      code: 'database.no-journal',
    });
  });

  it('P-0211 a unit of work reaches the tenants that it names, and no other', async () => {
    const [a, b] = world.tenants;
    const id = newId();
    const { steps: _steps, journal: _journal, along: _along, ...scope } = setOf(a, id);
    const rows = (tenantId: string) => [[tenantId, id, 'visitor', 'live', 1]];
    const run = (alsoIn: readonly string[]) =>
      world.platform.work.run({ ...scope, alsoIn }, async ({ tx, record }) => {
        for (const tenantId of [a, b]) {
          await tx.insert('privacy_data_subject', ['tenant_id', ...COLUMNS], rows(tenantId));
          record(entry(id), tenantId);
        }
      });
    await expect(run([])).rejects.toMatchObject({ code: 'database.gate' });
    expect(await look('privacy_data_subject', 'id', id)).toEqual([]);
    await run([b]);
    expect(await look('privacy_data_subject', 'id', id)).toEqual([a, b]);
    expect(await look('event_journal', 'resource', `probe:${id}`)).toEqual([a, b]);
    const foreign = world.platform.work.run(scope, async ({ record }) => record(entry(id), b));
    await expect(foreign).rejects.toMatchObject({ code: 'database.gate' });
  });
});
