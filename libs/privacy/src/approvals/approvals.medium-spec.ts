import { newId } from '@libs/kernel';
import { DEFAULT_REGISTER } from '@libs/privacy-core';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { registerHash } from '../register/register-hash.js';
import type { Who } from '../register/register-version.js';
import { type DeskWorld, openDeskWorld } from '../testing/desk-world.js';
import type { ApprovalAsk, Approvals, ApprovalUse } from './approvals.js';

const DAY = 24 * 3_600_000;

describeColumns('approvals on $column', (column) => {
  let world: DeskWorld;
  let approvals: Approvals;
  let subjectId: string;

  const bulk = (more: Partial<ApprovalAsk> = {}): ApprovalAsk => ({
    ...{ kind: 'bulk-reveal', fields: ['contact.mobile'], subjectIds: [subjectId], reason: 'Recall of a product' },
    ...more,
  });
  const contentHash = registerHash(DEFAULT_REGISTER);
  const changes = [{ field: 'contact.name', aspect: 'role', of: 'agent', before: 'masked', after: 'plain' }] as const;
  const loosen: ApprovalAsk = {
    kind: 'loosen-fields',
    fields: ['contact.name'],
    contentHash,
    changes,
    reason: 'Names',
  };
  const use = (who: Who, id: string, act: ApprovalUse = { kind: 'bulk-reveal' }, by = approvals) => {
    const actor = { kind: 'member', id: who.memberId } as const;
    const scope = { tenantId: who.tenantId, actor, purpose: 'customer-relations', correlationId: who.correlationId };
    return by.within(who, id, () => world.platform.work.run(scope, (work) => by.use(work, who, id, act)));
  };
  const granted = async (ask = bulk()) => {
    const [asker, other] = [world.who(), await world.member()];
    const { id } = await approvals.request(asker, ask);
    await approvals.decide(other, id, 'approve');
    return { asker, other, id };
  };
  const kinds = async (id: string) => (await world.journal(`approval:${id}`)).map(({ kind }) => kind);

  beforeAll(async () => {
    world = await openDeskWorld(column);
    approvals = world.platform.desk.approvals;
    subjectId = await world.person();
  });
  afterAll(() => world?.close());

  it('P-1007 one asks, another approves, the asker uses it; each step is in the journal', async () => {
    const [asker, other] = [world.who(), await world.member()];
    const asked = await approvals.request(asker, bulk());
    expect(asked).toMatchObject({
      ...{ kind: 'bulk-reveal', state: 'pending', people: 1, reason: 'Recall of a product', decidedBy: null },
      ...{ requestedBy: asker.memberId, expiresAt: world.clock.now() + DAY },
    });
    expect(await approvals.decide(other, asked.id, 'approve')).toMatchObject({
      ...{ state: 'approved', decidedBy: other.memberId, decidedAt: world.clock.now() },
    });
    const used = await use(asker, asked.id);
    expect(used).toMatchObject({ state: 'used', subjectIds: [subjectId], fields: ['contact.mobile'] });
    expect(await kinds(asked.id)).toEqual([
      ...['privacy.approval-requested.v1', 'privacy.approval-approved.v1', 'privacy.approval-used.v1'],
    ]);
  });

  it('P-1007 nobody decides about their own request', async () => {
    const asker = world.who();
    const { id } = await approvals.request(asker, bulk());
    for (const decision of ['approve', 'refuse'] as const) {
      const refusal = { code: 'privacy.self-approval', status: 403 };
      await expect(approvals.decide(asker, id, decision)).rejects.toMatchObject(refusal);
    }
    await expect(use(asker, id)).rejects.toMatchObject({ code: 'privacy.approval-required', status: 403 });
    expect(await kinds(id)).toEqual(['privacy.approval-requested.v1']);
  });

  it('P-1007 after 24 hours it can be neither decided, used nor cancelled', async () => {
    const pending = await approvals.request(world.who(), bulk());
    const { asker, id } = await granted();
    world.clock.advance(DAY - 1);
    expect((await approvals.find(world.tenantId, id)).state).toBe('approved');
    world.clock.advance(1);
    const expired = { code: 'privacy.approval-expired', status: 403 };
    await expect(approvals.decide(world.who(), pending.id, 'approve')).rejects.toMatchObject(expired);
    await expect(use(asker, id)).rejects.toMatchObject(expired);
    await expect(approvals.cancel(asker, id)).rejects.toMatchObject(expired);
    expect((await approvals.find(world.tenantId, id)).state).toBe('expired');
  });

  it('P-1007 it is decided once and used once', async () => {
    const { asker, id } = await granted();
    const decided = { code: 'privacy.approval-decided', status: 409 };
    await expect(approvals.decide(world.who(), id, 'refuse')).rejects.toMatchObject(decided);
    await use(asker, id);
    await expect(use(asker, id)).rejects.toMatchObject({ code: 'privacy.approval-used', status: 409 });
    await expect(approvals.cancel(asker, id)).rejects.toMatchObject({ code: 'privacy.approval-used' });
    expect(await kinds(id)).toHaveLength(3);
  });

  it('P-1007 of two who come together exactly one wins, in two processes too', async () => {
    const { id } = await approvals.request(world.who(), bulk());
    const both = [approvals, world.another().approvals];
    const decisions = await Promise.allSettled(
      [0, 1, 2, 3].map((n) => both[n % 2]!.decide(world.who(), id, n % 2 ? 'refuse' : 'approve')),
    );
    expect(decisions.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { asker, id: other } = await granted();
    const uses = await Promise.allSettled(
      [0, 1, 2, 3].map((n) => use(asker, other, { kind: 'bulk-reveal' }, both[n % 2])),
    );
    expect(uses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await kinds(id)).length + (await kinds(other)).length).toBe(5);
  });

  it('P-1007 it holds for exactly its content, its kind and who asked', async () => {
    const { asker, other, id } = await granted(loosen);
    const required = { code: 'privacy.approval-required', status: 403 };
    const changed = registerHash({ ...DEFAULT_REGISTER, allowedBases: ['L-NEWS'] });
    const tries: [Who, ApprovalUse][] = [
      [asker, { kind: 'loosen-fields', contentHash: changed }],
      [asker, { kind: 'loosen-fields' }],
      [asker, { kind: 'bulk-reveal', contentHash }],
      [other, { kind: 'loosen-fields', contentHash }],
    ];
    for (const [who, act] of tries) await expect(use(who, id, act)).rejects.toMatchObject(required);
    expect((await use(asker, id, { kind: 'loosen-fields', contentHash })).state).toBe('used');
  });

  it('P-1007 an act that fails leaves the approval unused', async () => {
    const { asker, id } = await granted();
    const actor = { kind: 'member', id: asker.memberId } as const;
    const scope = { tenantId: asker.tenantId, actor, purpose: 'customer-relations', correlationId: 'test' };
    const act = world.platform.work.run(scope, async (work) => {
      await approvals.use(work, asker, id, { kind: 'bulk-reveal' });
      throw new Error('the act failed');
    });
    await expect(act).rejects.toThrow('the act failed');
    expect((await use(asker, id)).state).toBe('used');
  });

  it('P-1007 who agreed has to be a member who may agree still; otherwise it is cancelled, for good', async () => {
    const change = (memberId: string, set: string) =>
      world.platform.work.upkeep(
        async (tx) =>
          tx.run(`UPDATE auth_member SET ${set} WHERE tenant_id = ? AND id = ?`, [world.tenantId, memberId]),
        new Set([world.tenantId]),
      );
    for (const [gone, back] of [
      ["state = 'ended'", "state = 'active'"],
      ["role = 'agent'", "role = 'admin'"],
    ] as const) {
      const { asker, other, id } = await granted();
      await change(other.memberId, gone);
      const refusal = { code: 'privacy.approval-required', status: 403 };
      await expect(use(asker, id)).rejects.toMatchObject(refusal);
      await change(other.memberId, back);
      await expect(use(asker, id)).rejects.toMatchObject(refusal);
      expect((await approvals.find(world.tenantId, id)).state).toBe('cancelled');
      expect((await kinds(id)).at(-1)).toBe('privacy.approval-cancelled.v1');
    }
  });

  it('P-1007 who asked takes it back, decided or not; nobody else does', async () => {
    const { asker, other, id } = await granted();
    const notYours = { code: 'privacy.approval-not-yours', status: 403 };
    await expect(approvals.cancel(other, id)).rejects.toMatchObject(notYours);
    expect((await approvals.cancel(asker, id)).state).toBe('cancelled');
    await expect(use(asker, id)).rejects.toMatchObject({ code: 'privacy.approval-required' });
    await expect(approvals.cancel(asker, id)).rejects.toMatchObject({ code: 'privacy.approval-decided' });
  });

  it('P-1016 what nobody could decide about is refused and nothing is stored', async () => {
    const before = (await approvals.list(world.tenantId)).length;
    const invalid = { code: 'privacy.approval-invalid', status: 422 };
    const asks: Partial<ApprovalAsk>[] = [
      { reason: '  ' },
      { reason: 'x'.repeat(201) },
      { fields: [] },
      { fields: ['contact.shoe-size' as never] },
      { subjectIds: [] },
      { subjectIds: Array.from({ length: 501 }, () => newId()) },
      { kind: 'loosen-fields', changes },
      { kind: 'loosen-fields', subjectIds: [], contentHash, changes: [] },
      { kind: 'loosen-fields', contentHash, changes },
      { changes },
    ];
    for (const more of asks) await expect(approvals.request(world.who(), bulk(more))).rejects.toMatchObject(invalid);
    const foreign = await world.person(world.tenants[1]);
    for (const nobody of [foreign, newId()]) {
      const ask = approvals.request(world.who(), bulk({ subjectIds: [subjectId, nobody] }));
      await expect(ask).rejects.toMatchObject({ code: 'privacy.subject-not-found', status: 404 });
    }
    expect(await approvals.list(world.tenantId)).toHaveLength(before);
  });

  it('P-0211 an approval of another tenant is answered like one that exists nowhere', async () => {
    const { id } = await approvals.request(world.who(), bulk());
    const stranger: Who = { ...world.who(), tenantId: world.tenants[1] };
    const missing = { code: 'privacy.approval-not-found', status: 404 };
    for (const one of [id, newId()]) {
      await expect(approvals.decide(stranger, one, 'approve')).rejects.toMatchObject(missing);
      await expect(approvals.cancel(stranger, one)).rejects.toMatchObject(missing);
      await expect(approvals.find(stranger.tenantId, one)).rejects.toMatchObject(missing);
      await expect(use(stranger, one)).rejects.toMatchObject(missing);
    }
    expect(await approvals.list(stranger.tenantId)).toEqual([]);
  });

  it('P-1007 the list is newest first, and a member may ask for their own', async () => {
    const asker = world.who();
    world.clock.advance(1);
    const first = await approvals.request(asker, bulk());
    world.clock.advance(1);
    const second = await approvals.request(asker, loosen);
    const own = await approvals.list(world.tenantId, { requestedBy: asker.memberId });
    expect(own.map(({ id }) => id)).toEqual([second.id, first.id]);
    expect((await approvals.list(world.tenantId)).slice(0, 2).map(({ id }) => id)).toEqual([second.id, first.id]);
  });

  it('P-1307 an erased person is in no approval, and what was said with it is gone', async () => {
    const [leaving, staying] = [await world.person(), await world.person()];
    const { asker, id } = await granted(bulk({ subjectIds: [leaving, staying], reason: 'Lin Xia and another' }));
    const [row] = await world.rows<{ reason_sealed: Buffer }>(
      'SELECT reason_sealed FROM privacy_approval WHERE tenant_id = ? AND id = ?',
      [id],
    );
    expect(Buffer.from(row!.reason_sealed).toString('latin1')).not.toContain('Lin');
    await world.platform.desk.eraser.erase(world.tenantId, leaving);
    expect(await approvals.find(world.tenantId, id)).toMatchObject({ reason: '', people: 2 });
    expect((await use(asker, id)).subjectIds).toEqual([staying]);
  });
});
