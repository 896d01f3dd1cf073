import { DEFAULT_REGISTER, loosenings, type Register } from '@libs/privacy-core';
import { describeColumns } from '@libs/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ConsentWorld, codeOf, openConsentWorld, SCOPES } from '../testing/consent-world.js';
import { RegisterBook } from './register-book.js';
import { looseningHash, registerHash } from './register-hash.js';

/** The shipped register with one function changed. */
function withActivity(purpose: string, change: Partial<Register['activities'][number]>): Register {
  const activities = DEFAULT_REGISTER.activities.map((one) => (one.purpose === purpose ? { ...one, ...change } : one));
  return { ...DEFAULT_REGISTER, activities };
}

describeColumns('the register on $column', (column) => {
  let world: ConsentWorld;

  beforeEach(async () => {
    world = await openConsentWorld(column);
  });

  afterEach(() => world?.close());

  it('P-0201 P-0202 starts with what the product ships and keeps every version', async () => {
    const { here, who, tenantId } = world;
    expect(await here.register.load(tenantId)).toMatchObject({ version: 1, changedBy: null });
    expect(here.register.now(tenantId)?.register).toBe(DEFAULT_REGISTER);
    const next = withActivity('marketing', { enabled: true });
    const made = await here.register.change(who, { baseVersion: 1, register: next, note: ' why ' });
    expect(made).toMatchObject({ version: 2, changedBy: who.memberId, note: 'why', hash: registerHash(next) });
    expect((await here.register.load(tenantId)).register).toEqual(made.register);
    expect((await here.register.versions(tenantId)).map(({ version }) => version)).toEqual([2, 1]);
    expect((await here.register.at(tenantId, 1))?.register).toEqual(DEFAULT_REGISTER);
    expect((await here.register.at(tenantId, 2))?.register).toEqual(made.register);
    expect(await here.register.at(tenantId, 3)).toBeUndefined();
    expect((await here.register.load(world.otherTenant)).version).toBe(1);
    expect(await world.count('event_journal', "kind = 'privacy.register-changed.v1'")).toBe(1);
  });

  it('P-0202 two changes of one version: the second one is refused', async () => {
    const { here, elsewhere, who } = world;
    const change = { baseVersion: 1, register: withActivity('marketing', { enabled: true }), note: '' };
    const codes = await Promise.all([
      codeOf(here.register.change(who, change)),
      codeOf(elsewhere.register.change(who, change)),
    ]);
    expect(codes.sort()).toEqual(['privacy.register-changed', undefined]);
    expect(await world.count('privacy_register_version')).toBe(1);
  });

  it('P-0111 P-0318 refuses bases outside the list, unknown words and smuggled parts', async () => {
    const { here, who } = world;
    const refused = (register: unknown) =>
      codeOf(here.register.change(who, { baseVersion: 1, register: register as Register, note: '' }));
    const wrong = [
      withActivity('marketing', { basis: 'L-WISH' as never }),
      withActivity('marketing', { basis: 'L-NEWS' }),
      withActivity('marketing', { purpose: 'spying' as never }),
      withActivity('marketing', { retainMonths: 0 }),
      withActivity('marketing', { extra: 'x' } as never),
      { ...DEFAULT_REGISTER, more: [] },
      { ...DEFAULT_REGISTER, fields: [] },
      { activities: 7, fields: [], allowedBases: [] },
      null,
    ];
    for (const register of wrong) expect(await refused(register)).toBe('privacy.register-invalid');
    expect(await world.count('privacy_register_version')).toBe(0);
  });

  it('P-0202 whoever would see more needs a second person, bound to the content', async () => {
    const { here, who, platform } = world;
    const used: unknown[] = [];
    const approvals = {
      within: <T>(_who: unknown, _id: string, act: () => Promise<T>) => act(),
      use: async (_work: unknown, ...act: unknown[]) => used.push(act),
    };
    const book = new RegisterBook({ ...platform, approvals });
    const fields = DEFAULT_REGISTER.fields.map((policy) => {
      if (policy.field !== 'contact.mobile') return policy;
      return { ...policy, roles: { ...policy.roles, agent: 'plain' as const } };
    });
    const register = { ...DEFAULT_REGISTER, fields };
    expect(await here.register.impact(world.tenantId, register)).toMatchObject({ loosened: ['contact.mobile'] });
    const change = { baseVersion: 1, register, note: '' };
    expect(await codeOf(book.change(who, change))).toBe('privacy.approval-required');
    await book.change(who, { ...change, approvalId: 'the approval' });
    const contentHash = looseningHash(register, loosenings(DEFAULT_REGISTER, register));
    expect(used).toEqual([[who, 'the approval', { kind: 'loosen-fields', contentHash, baseVersion: 1 }]]);
  });

  it('P-0103 more than people agreed to: consents are superseded everywhere', async () => {
    const { here, elsewhere, feed, who, tenantId } = world;
    const subjectId = await world.person();
    await world.decide(subjectId, SCOPES.relations);
    await world.decide(subjectId, SCOPES.mobile);
    await elsewhere.consents.load(tenantId, [subjectId]);
    // Who took back the function, or everything of it, is not asked again.
    for (const last of [SCOPES.relations, SCOPES.mobile]) {
      const gone = await world.person();
      if (last === SCOPES.relations) await world.decide(gone, SCOPES.relations);
      await world.decide(gone, SCOPES.mobile);
      await world.decide(gone, last, { decision: 'withdraw' });
    }
    const register = withActivity('customer-relations', { retainMonths: 36 });
    expect((await here.register.impact(tenantId, register)).freshConsent).toEqual([
      { purpose: 'customer-relations', people: 1 },
    ]);
    const asked = await world.act(subjectId, SCOPES.mobile);
    await here.register.change(who, { baseVersion: 1, register, note: 'longer' });
    await feed.poll();
    for (const at of [here, elsewhere]) {
      await at.consents.load(tenantId, [subjectId]);
      const ground = at.consents.groundNow(tenantId, 'customer-relations', 'contact.mobile', subjectId);
      expect(ground).toMatchObject({ allowed: false, reason: 'superseded' });
    }
    const { granted, superseded } = (await here.consents.counts(tenantId)).find(
      ({ scope }) => scope === SCOPES.mobile,
    )!;
    expect([granted, superseded]).toEqual([0, 2]);
    expect((await here.consents.decided(tenantId, subjectId)).filter((said) => said.superseded)).toMatchObject([
      { scope: SCOPES.mobile, decision: 'grant', version: 1 },
      { scope: SCOPES.relations, decision: 'grant', version: 1 },
    ]);
    const further = withActivity('customer-relations', { retainMonths: 48 });
    expect((await here.register.impact(tenantId, further)).freshConsent).toEqual([
      { purpose: 'customer-relations', people: 0 },
    ]);
    // Agreeing to the text of before is no agreement to the new one.
    expect(await codeOf(here.consents.decide(asked))).toBe('privacy.policy-superseded');
    await world.decide(subjectId, SCOPES.mobile);
    const ground = await here.gate.refused(tenantId, 'customer-relations', subjectId, ['contact.mobile']);
    expect(ground).toEqual([]);
  });
});
