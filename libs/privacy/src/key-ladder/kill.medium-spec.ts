import { newId, systemClock } from '@libs/kernel';
import { fieldAad, KEY_GROUPS, openValue } from '@libs/privacy-core';
import { describeColumns } from '@libs/testing';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { DESTRUCTION_STEPS } from '../destruction/subject-destruction.js';
import { type FreshColumn, freshColumn } from '../testing/columns.js';
import type { Acknowledged, CrashJob } from '../testing/crash-child.js';
import { type CrashProcess, removeCrashProgram, runCrashProcess, startCrashProcess } from '../testing/crash-process.js';
import { mainDatabase, type OpenColumn, openColumn } from '../testing/key-column.js';
import { ROTATION_STEPS } from './kek-rotation.js';
import { KeyService } from './key.service.js';
import '../testing/declared-fields.js';

const MINUTES = 240_000;
const KILLED = { signal: 'SIGKILL', errors: '' };
const FINISHED = { code: 0, errors: '' };
const CREATION_STEPS = [
  'store.kekState',
  'kms.currentVersion',
  'kms.rotate',
  'store.startKek',
  'kms.wrap',
  'store.addSubjects',
];

afterAll(removeCrashProgram);

describeColumns('kill -9 on $column, while another process writes keys', (column) => {
  let fresh: FreshColumn;
  let ports: OpenColumn;
  let writer: CrashProcess;
  const tenant = newId();
  const job = (work: CrashJob['work'], more: Partial<CrashJob> = {}): CrashJob => ({
    column: fresh.column,
    tenant,
    work,
    ...more,
  });

  beforeEach(async () => {
    fresh = await freshColumn(column);
    ports = await openColumn(fresh.column);
    writer = startCrashProcess(job('write'));
    await writer.reached(3);
  });

  afterEach(async () => {
    writer.kill();
    await writer.ended;
    await ports.store.close();
    await fresh.dispose();
  });

  /** Stops the writer in the middle of whatever it does and opens everything it was told is safe. */
  async function expectNothingLost(more: readonly Acknowledged[] = []): Promise<void> {
    writer.kill();
    const { acknowledged, errors } = await writer.ended;
    expect(errors).toBe('');
    const keys = new KeyService(ports.kms, ports.store, systemClock);
    const all = [...acknowledged, ...more];
    await keys.keysFor(
      tenant,
      all.map(({ subjectId }) => ({ subjectId, group: 'content' })),
    );
    for (const { subjectId, sealed } of all) {
      const key = keys.fieldKey(tenant, subjectId, 'content', 'chat_message.body', 'support-conversation')!.bytes;
      const aad = fieldAad(tenant, subjectId, 'chat_message', 'body', '1');
      expect(openValue(key, aad, Buffer.from(sealed, 'base64')).toString()).toBe(subjectId);
    }
  }

  it('P-1002 between every two steps of a rotation: resumed, no key lost, old KEK gone', {
    timeout: MINUTES,
  }, async () => {
    for (const crashAt of ROTATION_STEPS) {
      expect(await runCrashProcess(job('rotate', { crashAt })), crashAt).toMatchObject(KILLED);
      await writer.reached(5);
    }
    expect(await runCrashProcess(job('rotate'))).toMatchObject(FINISHED);
    const state = await ports.store.kekState(tenant);
    expect(state?.phase).toBe('steady');
    expect(await ports.store.countStale(tenant, state!.version)).toBe(0);
    await expect(
      ports.kms.wrap(tenant, state!.version - 1, [{ plaintext: Buffer.alloc(32), aad: 'a' }]),
    ).rejects.toThrow();
    await expectNothingLost();
  });

  it('between every two steps of a destruction: finished by the next start', {
    timeout: MINUTES,
  }, async () => {
    for (const crashAt of DESTRUCTION_STEPS) {
      const subjectId = newId();
      const killed = await runCrashProcess(job('create', { subjectId, next: 'destroy', crashAt }));
      expect(killed, crashAt).toMatchObject(KILLED);
      expect(killed.acknowledged).toHaveLength(1);
      const resumed = await runCrashProcess(job('resume', { subjectId, next: 'create' }));
      expect([resumed.code, resumed.acknowledged]).toEqual([1, []]);
      expect(resumed.errors).toContain('privacy.subject-erased');
      expect(mainDatabase(fresh.column, subjectId)).toEqual({ row: false, fenced: true });
      const { subjects, groups } = await ports.store.readSubjects(tenant, [subjectId], KEY_GROUPS);
      expect([subjects[0]?.state, subjects[0]?.wrapped, groups.length]).toEqual(['destroyed', null, 0]);
    }
    await expectNothingLost();
  });

  it('P-1002 between every two steps of a creation, also while a rotation runs', { timeout: MINUTES }, async () => {
    const created: Acknowledged[] = [];
    await twoAtATime(CREATION_STEPS, async (crashAt) => {
      // A tenant of its own: its first KEK is made in this very call.
      const young = newId();
      const subjectId = newId();
      const crash = { tenant: young, subjectId };
      expect(await runCrashProcess(job('create', { ...crash, crashAt })), crashAt).toMatchObject(KILLED);
      const [resumed] = await Promise.all([
        runCrashProcess(job('create', crash)),
        runCrashProcess(job('rotate', { tenant: young })),
      ]);
      expect(resumed).toMatchObject(FINISHED);
      expect(resumed.acknowledged).toHaveLength(1);
    });
    for (const crashAt of ['kms.wrap', 'store.addSubjects']) {
      const subjectId = newId();
      const rotation = runCrashProcess(job('rotate'));
      expect(await runCrashProcess(job('create', { subjectId, crashAt }))).toMatchObject(KILLED);
      expect(await rotation).toMatchObject(FINISHED);
      const again = await runCrashProcess(job('create', { subjectId }));
      expect(again).toMatchObject(FINISHED);
      created.push(...again.acknowledged);
    }
    await expectNothingLost(created);
  });
});

/** For processes that have nothing in common: while one waits for the disk, the other works. */
async function twoAtATime<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items];
  const lane = async (): Promise<void> => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  };
  await Promise.all([lane(), lane()]);
}
