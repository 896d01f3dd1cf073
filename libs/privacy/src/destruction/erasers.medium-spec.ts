import { newId } from '@libs/kernel';
import { describeColumns, openTestPlatform, type TestPlatform } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MainDatabaseSubjects } from '../subjects/subject-fence.js';
import { ERASERS, type EraserName, SubjectErasers } from './erasers.js';

describeColumns('erasers of several processes on $column', (column) => {
  let world: TestPlatform;
  let subjects: MainDatabaseSubjects;

  beforeAll(async () => {
    world = await openTestPlatform({ column });
    subjects = new MainDatabaseSubjects(world.platform.database, world.platform.work, world.platform.subjects);
  });
  afterAll(() => world?.close());

  /** The erasers of another process; each call is noted. */
  const processWith = (names: readonly EraserName[], calls: string[] = []): SubjectErasers => {
    const erasers = new SubjectErasers(subjects);
    for (const name of names) erasers.add({ name, erase: async () => void calls.push(name) });
    return erasers;
  };
  const person = async (): Promise<string> => {
    const subjectId = newId();
    await world.platform.committer.submit({
      ...{ tenantId: world.tenants[0], actor: { kind: 'visitor', id: subjectId }, purpose: 'support-conversation' },
      ...{ correlationId: 'test', steps: [world.platform.subjects.step({ subjectId, create: 'visitor' })] },
      journal: [{ kind: 'test.born.v1', subjectId, resource: 'test:1', fields: '', commitment: null }],
    });
    return subjectId;
  };
  const erasedEntries = (subjectId: string) =>
    world.platform.work.upkeep(
      async (tx) =>
        tx.all(
          "SELECT id FROM event_journal WHERE tenant_id = ? AND subject_id = ? AND kind = 'privacy.subject-erased.v1'",
          [world.tenants[0], subjectId],
        ),
      new Set([world.tenants[0]]),
    );

  it('P-1307 who is left to another process stays open; the last one ends it', async () => {
    const [tenantId] = world.tenants;
    const { destruction } = world.platform.upkeep;
    const subjectId = await person();
    const here = world.platform.upkeep.erasers.names;
    expect(await destruction.destroySubject(tenantId, subjectId)).toBe(false);
    expect(await destruction.resumeDestructions()).toBe(1);
    expect(await subjects.ran(tenantId, subjectId)).toEqual(new Set(here));

    const calls: string[] = [];
    const elsewhere = processWith(
      ERASERS.filter((name) => !here.includes(name)),
      calls,
    );
    expect(await elsewhere.erase(tenantId, subjectId)).toBe(true);
    expect(await elsewhere.erase(tenantId, subjectId)).toBe(true);
    expect(calls).toEqual(['auth', 'chat', 'crm']);
    expect(await destruction.resumeDestructions()).toBe(1);
    expect(await destruction.resumeDestructions()).toBe(0);
    expect(await erasedEntries(subjectId)).toHaveLength(1);
  });

  it('P-1307 an eraser that fails is not counted, and runs again', async () => {
    const [tenantId] = world.tenants;
    const subjectId = await person();
    const erasers = processWith(ERASERS.filter((name) => name !== 'crm'));
    let failures = 1;
    erasers.add({
      name: 'crm',
      erase: async () => {
        if (failures-- > 0) throw new Error('the database is away');
      },
    });
    await expect(erasers.erase(tenantId, subjectId)).rejects.toThrow('away');
    expect(await subjects.ran(tenantId, subjectId)).not.toContain('crm');
    expect(await erasers.erase(tenantId, subjectId)).toBe(true);
  });

  it('P-1307 after a restore each process finds whom it has to erase again', async () => {
    const [tenantId] = world.tenants;
    const [back, fenced, gone] = [await person(), await person(), await person()];
    for (const id of [fenced, gone]) await subjects.close(tenantId, id);
    await processWith(['crm', 'chat']).erase(tenantId, gone);
    await processWith(['crm']).erase(tenantId, fenced);
    const ids = [back, fenced, gone, newId()];
    expect([...(await subjects.revived(tenantId, ids, ['crm']))]).toEqual([back]);
    expect([...(await subjects.revived(tenantId, ids, ['crm', 'chat']))].sort()).toEqual([back, fenced].sort());
  });
});
