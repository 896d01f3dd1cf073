import { migrate } from '@libs/database';
import { newId } from '@libs/kernel';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type CrmWorld, openCrmWorld, type Person, SCOPES } from '../crm-world.fixture.js';
import { crmMigrations } from '../migrations/crm-migrations.js';
import { ContactPieceMaker } from './contact-piece-maker.js';
import { ContactPieceMaking } from './contact-piece-making.job.js';

/** More than two slices. */
const MANY = 105;

describeColumns('pieces of what was there before them on $column', (column) => {
  let world: CrmWorld;
  let making: ContactPieceMaking;
  const found = async (q: string): Promise<string[]> => {
    const answer = await world.call('owner', 'POST', '/searches', { q, limit: 200 });
    return answer.json().items.map(({ id }: { id: string }) => id);
  };
  const upkeep = (sql: string) =>
    world.platform.work.upkeep(async (tx) => tx.run(sql, [world.tenants[0]]), new Set([world.tenants[0]]));
  /** As a program without pieces left it. */
  const asBefore = async () => {
    await upkeep('DELETE FROM crm_contact_piece WHERE tenant_id = ?');
    await upkeep('UPDATE crm_contact SET pieces = 0 WHERE tenant_id = ?');
  };
  const markOf = async ({ subjectId }: Pick<Person, 'subjectId'>) => {
    const [row] = await world.rowsOf(world.tenants[0], subjectId);
    return Number(row!.pieces);
  };

  beforeAll(async () => {
    world = await openCrmWorld(column);
    making = world.service.app.get(ContactPieceMaking);
  });
  afterAll(() => world?.close());

  it('F-0701 contacts of an older program are found after a round, and a second one has nothing to do', async () => {
    const named = await world.filled({ name: '上官婉', wechat: 'shangguan_w', mobile: '13700137091' });
    const empty = await world.person();
    await asBefore();
    expect([await found('上官'), await found('shangguan_w')]).toEqual([[], []]);
    expect(await making.round()).toBe(2);
    expect([await found('上官'), await found('shangguan_w')]).toEqual([[named.contactId], [named.contactId]]);
    expect([await markOf(named), await markOf(empty), await making.round()]).toEqual([1, 1, 0]);
    const { database } = world.platform.config;
    const target = database.kind === 'sqlite' ? { file: database.file } : { url: database.url.reveal() };
    expect(await migrate({ target, migrations: crmMigrations })).toEqual([]);
  });

  it('P-0109 who has not agreed is not opened, and is found after the next round that may', async () => {
    const person = await world.filled({ name: '东方朔', wechat: 'dongfang_s' });
    await world.decide(person.subjectId, SCOPES.wechat, 'withdraw');
    await asBefore();
    await making.round();
    expect([await found('东方'), await found('dongfang_s'), await markOf(person)]).toEqual([[person.contactId], [], 0]);
    await world.decide(person.subjectId, SCOPES.wechat, 'grant');
    expect(await found('dongfang_s')).toEqual([]);
    await making.round();
    expect([await found('dongfang_s'), await markOf(person)]).toEqual([[person.contactId], 1]);
  });

  it('P-0112 an edit before the round keeps what it wrote, and the round adds the rest', async () => {
    const person = await world.filled({ name: '南宫问', wechat: 'nangong_w' });
    await asBefore();
    await world.edit('owner', person.contactId, { name: '西门吹' }, { version: 2 });
    expect([await found('西门'), await found('nangong_w')]).toEqual([[person.contactId], []]);
    await making.round();
    expect([await found('西门'), await found('nangong_w'), await found('南宫')]).toEqual([
      ...[[person.contactId], [person.contactId], []],
    ]);
  });

  it('P-1307 whoever is erased between two rounds gets none', async () => {
    const person = await world.filled({ name: '公孙胜' });
    await asBefore();
    await world.platform.upkeep.destruction.destroySubject(world.tenants[0], person.subjectId);
    await making.round();
    expect(await found('公孙')).toEqual([]);
  });

  it('F-0701 a round that is stopped half-way goes on where it was', async () => {
    const [tenantId] = world.tenants;
    // Ids of one millisecond come in any order, and a round goes by their order.
    const ids = Array.from({ length: MANY }, () => newId()).sort();
    const crowd = ids.map((contactId) => ({ subjectId: newId(), contactId }));
    await world.platform.work.upkeep(
      async (tx) => {
        const people = crowd.map(({ subjectId }) => [tenantId, subjectId, 'visitor', 'live', 7]);
        await tx.insert('privacy_data_subject', ['tenant_id', 'id', 'kind', 'state', 'created_at'], people);
        const columns = ['tenant_id', 'id', 'subject_id', 'created_at', 'updated_at', 'version'];
        const rows = crowd.map(({ subjectId, contactId }) => [tenantId, contactId, subjectId, 7, 7, 1]);
        await tx.insert('crm_contact', columns, rows);
      },
      new Set([tenantId]),
    );
    const last = await world.filled({ name: '令狐冲' });
    await asBefore();
    const maker = world.service.app.get(ContactPieceMaker);
    const make = maker.make.bind(maker);
    const spy = vi.spyOn(maker, 'make').mockImplementationOnce(make).mockRejectedValueOnce(new Error('killed'));
    await expect(making.round()).rejects.toThrow('killed');
    spy.mockRestore();
    expect([await markOf(crowd[0]!), await markOf(last), await found('令狐')]).toEqual([1, 0, []]);
    await making.round();
    expect([await markOf(last), await found('令狐')]).toEqual([1, [last.contactId]]);
  });
});
