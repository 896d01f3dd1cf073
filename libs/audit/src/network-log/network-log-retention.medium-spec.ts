import { newId } from '@libs/kernel';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { A, B, entry, LogWorld } from '../testing/log-world.js';

describeColumns('how long the network log is kept on $column', (column) => {
  let world: LogWorld;

  beforeAll(async () => {
    world = await LogWorld.open(column);
  });

  afterAll(() => world?.close());

  beforeEach(() => world.reset());

  it('P-0803 a month is refused until six calendar months after its last day, then key and rows are gone', async () => {
    world.log.record(entry(A, { subjectId: world.subject }));
    world.clock.set(Date.UTC(2026, 1, 1));
    world.log.record(entry(A, { subjectId: world.subject }));
    world.log.record(entry(B, { memberId: newId() }));
    await world.log.flush();
    world.clock.set(Date.UTC(2026, 7, 1) - 1);
    const refused = expect.objectContaining({ code: 'audit.floor-running', status: 409 });
    await expect(world.retention.purgeMonth(A, '2026-01')).rejects.toEqual(refused);
    expect(await world.rows()).toHaveLength(2);
    world.clock.advance(1);
    expect(await world.retention.purgeMonth(A, '2026-01')).toBe(1);
    expect(world.keys.keys.get(`${A}/2026-01`)).toBe('destroyed');
    expect((await world.rows()).map(({ month }) => month)).toEqual(['2026-02']);
    expect(await world.rows(B)).toHaveLength(1);
    await expect(world.retention.purgeMonth(A, '2026-02')).rejects.toEqual(refused);
    expect(await world.retention.purgeMonth(A, '2026-01')).toBe(0);
    const journal = 'SELECT kind, resource, actor FROM event_journal WHERE tenant_id = ? ORDER BY id';
    expect((await world.database.reader.all(journal, [A]))[0]).toEqual({
      kind: 'audit.log-month-purged.v1',
      resource: 'network-log:2026-01',
      actor: 'system:log-retention',
    });
  });

  it('P-0803 the end of a tenant starts another six months, and explain names the rule', async () => {
    world.ends.set(A, Date.UTC(2026, 7, 31, 10));
    world.clock.set(Date.UTC(2026, 8, 1));
    expect(await world.retention.explain(A, '2026-01')).toEqual({
      rule: 'network-log',
      fromUse: Date.UTC(2026, 7, 1),
      fromEnd: Date.UTC(2027, 1, 28, 10),
      until: Date.UTC(2027, 1, 28, 10),
      mayPurge: false,
    });
    await expect(world.retention.purgeMonth(A, '2026-01')).rejects.toThrow();
    expect(world.keys.keys.get(`${A}/2026-01`)).toBeUndefined();
    await expect(world.retention.explain(A, '2026-13')).rejects.toThrow('calendar month');
  });

  it('P-0803 erasure cuts the link while the floor runs, also for rows that still wait', async () => {
    for (let n = 0; n < 600; n++) world.log.record(entry(A, { subjectId: world.subject, memberId: world.subject }));
    await world.log.flush();
    world.log.record(entry(A, { subjectId: world.subject }));
    await world.work.upkeep(
      async (tx) =>
        tx.run("UPDATE privacy_data_subject SET state = 'erased' WHERE tenant_id = ? AND id = ?", [A, world.subject]),
      new Set([A]),
    );
    await world.retention.erase(A, world.subject);
    await world.log.flush();
    const found = await world.rows();
    expect(found).toHaveLength(601);
    expect(found.every(({ subject_id, member_id }) => subject_id === null && member_id === null)).toBe(true);
  });
});
