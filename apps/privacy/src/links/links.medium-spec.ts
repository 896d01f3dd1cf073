import { newId } from '@libs/kernel';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DeskStage, openDeskStage, type Person } from '../testing/desk-stage.js';

const COLUMNS = ['tenant_id', 'id', 'subject_id', 'other_id', 'reason', 'actor', 'at', 'undone_at'];

describeColumns('linked people at the desk on $column', (column) => {
  let stage: DeskStage;
  beforeAll(async () => {
    stage = await openDeskStage(column);
  });
  afterAll(() => stage?.close());

  const linked = async (tenant: 0 | 1 = 0) => {
    const tenantId = stage.world.tenants[tenant];
    const [one, other] = [(await stage.person(tenant)).subjectId, (await stage.person(tenant)).subjectId];
    const id = newId();
    const row = [tenantId, id, one, other, 'signed-identity', 'inbox:1', stage.clock.now(), null];
    await stage.world.platform.work.upkeep(
      async (tx) => tx.insert('privacy_subject_link', COLUMNS, [row]),
      new Set([tenantId]),
    );
    return { id, one, other };
  };
  const undo = async (who: Person, id: string, body: object = { reason: 'shared-device' }) => {
    const answer = await stage.call(who, 'POST', `/links/${id}/undo`, body);
    return [answer.status, answer.body?.code];
  };
  const listed = async (subjectId: string) =>
    (await stage.call('officer', 'GET', `/links?subjectId=${subjectId}`)).body;

  it('F-0303 the officer sees who was taken for one person, and takes it apart once', async () => {
    const { id, one, other } = await linked();
    const item = { id, subjectId: one, otherId: other, reason: 'signed-identity', at: stage.clock.now() };
    expect(await listed(one)).toEqual({ items: [item] });
    expect(await listed(other)).toEqual({ items: [item] });
    expect(await undo('officer', id)).toEqual([204, undefined]);
    expect(await listed(one)).toEqual({ items: [] });
    expect(await undo('owner', id)).toEqual([409, 'privacy.link-undone']);
  });

  it('P-1006 P-0211 neither agents nor supervisors, nor anybody of another tenant, nor without a reason', async () => {
    const { id, one } = await linked();
    for (const who of ['agent', 'supervisor'] as const) {
      expect(await undo(who, id)).toEqual([403, 'http.permission-missing']);
      expect((await stage.call(who, 'GET', `/links?subjectId=${one}`)).status).toBe(403);
    }
    const foreign = await linked(1);
    expect(await undo('officer', foreign.id)).toEqual([404, 'privacy.link-not-found']);
    expect(await undo('officer', newId())).toEqual([404, 'privacy.link-not-found']);
    expect((await stage.call('officer', 'GET', `/links?subjectId=${foreign.one}`)).body.code).toBe(
      'privacy.subject-not-found',
    );
    for (const body of [{}, { reason: 'because' }, { reason: 'other', note: 'x' }]) {
      expect((await undo('officer', id, body))[0]).toBe(422);
    }
    expect((await listed(one)).items).toHaveLength(1);
  });
});
