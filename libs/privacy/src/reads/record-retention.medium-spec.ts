import { newId } from '@libs/kernel';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DeskWorld, openDeskWorld } from '../testing/desk-world.js';

const DAY = 24 * 3_600_000;
const START = Date.UTC(2026, 7, 31, 12);

describeColumns('retention of accounts and approvals on $column', (column) => {
  let world: DeskWorld;
  let subjectId: string;

  const count = async (table: string) => {
    const [row] = await world.rows<{ n: number | string }>(`SELECT COUNT(*) AS n FROM ${table} WHERE tenant_id = ?`);
    return Number(row!.n);
  };
  const counts = () =>
    Promise.all(['read_entry', 'read_subject', 'approval', 'approval_subject'].map((name) => count(`privacy_${name}`)));
  const read = async () => {
    const reader = {
      ...world.who(),
      role: 'agent',
      purpose: 'support-conversation',
      range: 'conversations 1',
    } as const;
    world.platform.desk.reads.note({ reader, subjects: [subjectId], fields: ['chat.message'], masked: 0 });
    await world.platform.desk.reads.flush();
  };
  const ask = () =>
    world.platform.desk.approvals.request(world.who(), {
      ...{ kind: 'bulk-reveal', fields: ['contact.mobile'], subjectIds: [subjectId], reason: 'Recall' },
    });

  beforeAll(async () => {
    world = await openDeskWorld(column);
    world.clock.set(START);
    subjectId = await world.person();
    await read();
    await ask();
    const { id } = await ask();
    await world.platform.desk.approvals.decide({ ...world.who(), memberId: newId() }, id, 'refuse');
    world.clock.set(START + 40 * DAY);
    await read();
    await ask();
  });
  afterAll(() => world?.close());

  it('P-1010 P-0807 they go after 36 months and not before, people and all; the journal says how many', async () => {
    expect(await counts()).toEqual([2, 2, 3, 3]);
    world.clock.set(Date.UTC(2029, 7, 31, 12));
    await world.platform.upkeep.work();
    expect(await counts()).toEqual([2, 2, 3, 3]);
    world.clock.advance(DAY);
    await world.platform.upkeep.work();
    expect(await counts()).toEqual([1, 1, 3, 3]);
    world.clock.advance(DAY);
    await world.platform.upkeep.work();
    expect(await counts()).toEqual([1, 1, 1, 1]);
    const told = async (table: string) =>
      (await world.journal(`table:${table}`)).map(({ kind, actor, detail }) => [kind, actor, detail]);
    const kind = 'privacy.records-purged.v1';
    expect(await told('privacy_read_entry')).toEqual([[kind, 'system:record-retention', '{"rows":1}']]);
    expect(await told('privacy_approval')).toEqual([[kind, 'system:record-retention', '{"rows":2}']]);
  });

  it('P-1010 a year more and nothing is left, however much there was', async () => {
    for (let at = 0; at < 501; at++) {
      const reader = {
        ...world.who(),
        role: 'agent',
        purpose: 'support-conversation',
        range: 'conversations 1',
      } as const;
      world.platform.desk.reads.note({ reader, subjects: [subjectId], fields: ['chat.message'], masked: 0 });
    }
    await world.platform.desk.reads.flush();
    expect(await count('privacy_read_entry')).toBe(502);
    world.clock.set(Date.UTC(2033, 0, 1));
    await world.platform.upkeep.work();
    expect(await counts()).toEqual([0, 0, 0, 0]);
  });
});
