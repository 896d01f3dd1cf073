import { describeColumns } from '@libs/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ConsentWorld, codeOf, openConsentWorld, SCOPES } from '../testing/consent-world.js';

const HOUR = 3_600_000;

describeColumns('consents on $column', (column) => {
  let world: ConsentWorld;

  beforeEach(async () => {
    world = await openConsentWorld(column);
  });

  afterEach(() => world?.close());

  const ground = async (at: ConsentWorld['here'], subjectId: string, code: 'contact.mobile' | 'chat.message') => {
    const purpose = code === 'chat.message' ? 'support-conversation' : 'customer-relations';
    await at.consents.load(world.tenantId, [subjectId]);
    const found = at.consents.groundNow(world.tenantId, purpose, code, subjectId)!;
    return found.allowed ? 'allowed' : found.reason;
  };

  it('P-0109 C-35 what changes while it is read is read again, and in the end refused', async () => {
    const { consents } = world.here;
    const subjectId = await world.person();
    let changes = 3;
    const load = consents.load.bind(consents);
    consents.load = async (...who) => {
      await load(...who);
      if (changes-- > 0) consents.drop(world.tenantId, subjectId);
    };
    const settled = await consents.settled(world.tenantId, [subjectId, subjectId]);
    expect(settled.ground('support-conversation', 'chat.message', subjectId)).toMatchObject({ allowed: true });
    expect(() => settled.person('somebody else')).toThrow();
    changes = Number.POSITIVE_INFINITY;
    expect(await codeOf(consents.settled(world.tenantId, [subjectId]))).toBe('privacy.consents-unstable');
  });

  it('P-0101 P-0109 keeps the whole act, sealed; a changed row shows it', async () => {
    const { here, tenantId, platform } = world;
    const subjectId = await world.person();
    world.clock.advance(1);
    const made = await world.decide(subjectId, SCOPES.mobile);
    const found = (await here.consents.find(tenantId, made.id))!;
    expect(found).toMatchObject({ ...made, intact: true, scope: SCOPES.mobile, version: 1, noticeVersion: 1 });
    expect(found).toMatchObject({ actor: 'visitor', method: 'switch', screen: 'widget.your-data', locale: 'en' });
    const { items } = await here.consents.history(tenantId, { subjectId });
    expect(items.map(({ scope, intact }) => [scope, intact])).toEqual([
      [SCOPES.mobile, true],
      [SCOPES.basic, true],
    ]);
    await platform.work.upkeep(
      async (tx) =>
        tx.run("UPDATE privacy_consent_record SET decision = 'refuse' WHERE tenant_id = ? AND id = ?", [
          tenantId,
          made.id,
        ]),
      new Set([tenantId]),
    );
    expect(await here.consents.find(tenantId, made.id)).toMatchObject({ intact: false });
    expect(await here.consents.find(world.otherTenant, made.id)).toBeUndefined();
  });

  it('P-0102 P-0105 refuses bundles, pre-ticked boxes and unknown words; stores nothing', async () => {
    const subjectId = await world.person();
    const refused = async (more: object) =>
      codeOf(world.here.consents.decide({ ...(await world.act(subjectId, SCOPES.mobile)), ...more }));
    expect(await refused({ scope: [SCOPES.mobile, SCOPES.address] })).toBe('privacy.consent-bundled');
    expect(await refused({ scope: `${SCOPES.mobile},${SCOPES.address}` })).toBe('privacy.consent-bundled');
    for (const granted of [undefined, 'true', 1, null]) {
      expect(await refused({ granted })).toBe('privacy.consent-not-express');
    }
    expect(await refused({ decision: 'refuse', granted: true })).toBe('privacy.consent-not-express');
    for (const scope of ['purpose/anything', 'field/marketing/contact.email', 7, {}, '__proto__']) {
      expect(await refused({ scope })).toBe('privacy.consent-scope-unknown');
    }
    expect(await refused({ noticeHash: 'b'.repeat(64) })).toBe('privacy.notice-unknown');
    expect(await refused({ version: 2 })).toBe('privacy.notice-unknown');
    expect(await refused({ version: 0 })).toBe('privacy.policy-superseded');
    expect(await refused({ locale: 'constructor' })).toBe('privacy.consent-invalid');
    expect(await refused({ locale: 'fr' })).toBe('privacy.notice-unknown');
    expect(await refused({ decision: 'withdraw', granted: false })).toBe('privacy.consent-not-given');
    expect(await refused({ subjectId: world.who.memberId })).toBe('privacy.subject-closed');
    expect(await refused({ nonce: 'x'.repeat(65) })).toBe('privacy.consent-invalid');
    expect(await world.count('privacy_consent_record')).toBe(1);
  });

  it('C-35 a register that asks no longer opens nobody who has left', async () => {
    const { here, tenantId, who } = world;
    const [subjectId, linked] = [await world.person(), await world.person()];
    for (const one of [subjectId, linked]) {
      await world.decide(one, SCOPES.relations);
      await world.decide(one, SCOPES.mobile);
    }
    await world.link(subjectId, linked);
    await world.feed.poll();
    await world.decide(subjectId, SCOPES.basic, { decision: 'withdraw', granted: false });
    const { version, register } = await here.register.load(tenantId);
    const activities = register.activities.map((one) =>
      one.purpose === 'support-conversation'
        ? { ...one, kind: 'extended' as const, fields: [{ field: 'contact.name', consent: 'with-purpose' } as const] }
        : one,
    );
    await here.register.change(who, { baseVersion: version, register: { ...register, activities }, note: '' });
    await world.feed.poll();
    for (const one of [subjectId, linked]) {
      expect(await ground(here, one, 'contact.mobile')).toBe('withdrawn');
      expect(await ground(world.elsewhere, one, 'contact.mobile')).toBe('withdrawn');
    }
  });

  it('P-0104 F-0313 a refusal costs its own field, is remembered and not asked again', async () => {
    const subjectId = await world.person();
    const { here, who } = world;
    await world.decide(subjectId, SCOPES.relations);
    const { id } = await here.asks.ask(who, subjectId, SCOPES.mobile);
    expect(await here.asks.open(world.tenantId, subjectId)).toEqual([
      { id, scope: SCOPES.mobile, askedAt: world.clock.now() },
    ]);
    expect(await codeOf(here.asks.ask(who, subjectId, SCOPES.mobile))).toBe('privacy.already-asked');
    await world.decide(subjectId, SCOPES.mobile, { decision: 'refuse' });
    expect(await here.asks.open(world.tenantId, subjectId)).toEqual([]);
    expect(await codeOf(here.asks.ask(who, subjectId, SCOPES.mobile))).toBe('privacy.refused-before');
    expect(await codeOf(here.asks.ask(who, subjectId, SCOPES.relations))).toBe('privacy.consent-not-needed');
    expect(await codeOf(here.asks.ask(who, subjectId, 'purpose/marketing'))).toBe('privacy.consent-scope-unknown');
    expect(await ground(here, subjectId, 'contact.mobile')).toBe('refused');
    expect(await ground(here, subjectId, 'chat.message')).toBe('allowed');
    // The person may start it.
    await world.decide(subjectId, SCOPES.mobile);
    expect(await ground(here, subjectId, 'contact.mobile')).toBe('allowed');
  });

  it('P-0109 is effective in a second process within one read of the feed', async () => {
    const { elsewhere, feed } = world;
    const subjectId = await world.person();
    await feed.poll();
    expect(await ground(elsewhere, subjectId, 'chat.message')).toBe('allowed');
    await world.decide(subjectId, SCOPES.basic, { decision: 'withdraw' });
    expect(await ground(world.here, subjectId, 'chat.message')).toBe('withdrawn');
    await feed.poll();
    expect(await ground(elsewhere, subjectId, 'chat.message')).toBe('withdrawn');
  });

  it('P-0109 a consent sent again is answered with its record and revives nothing', async () => {
    const subjectId = await world.person();
    const once = await world.act(subjectId, SCOPES.mobile, { nonce: 'once-and-again' });
    const first = await world.here.consents.decide(once);
    await world.decide(subjectId, SCOPES.mobile, { decision: 'withdraw' });
    world.clock.advance(HOUR);
    expect(await world.here.consents.decide(once)).toEqual(first);
    expect(await ground(world.here, subjectId, 'contact.mobile')).toBe('withdrawn');
    expect(await codeOf(world.here.consents.decide({ ...once, scope: SCOPES.address }))).toBe(
      'privacy.consent-replayed',
    );
    const other = await world.person();
    expect(await codeOf(world.here.consents.decide({ ...once, subjectId: other }))).toBe('privacy.consent-replayed');
    expect(await world.count('privacy_consent_record', `subject_id = '${subjectId}'`)).toBe(3);
  });

  it('P-0109 P-0110 a yes that was held up does not undo a later no, about it or anything', async () => {
    const { here, tenantId } = world;
    const seen = async (subjectId: string, scope: string) =>
      (await here.consents.decisions(tenantId, subjectId)).seen(scope);
    const late = async (subjectId: string, scope: string, after: string | null) =>
      codeOf(world.decide(subjectId, scope, { after, granted: true }));
    const subjectId = await world.person();
    const [mobile, relations] = [await seen(subjectId, SCOPES.mobile), await seen(subjectId, SCOPES.relations)];
    await world.decide(subjectId, SCOPES.mobile, { after: mobile });
    expect(await late(subjectId, SCOPES.mobile, mobile)).toBe('privacy.consent-replayed');
    // A yes to something else overtakes nothing.
    await world.decide(subjectId, SCOPES.relations, { after: relations });
    const basic = await seen(subjectId, SCOPES.basic);
    const address = await seen(subjectId, SCOPES.address);
    world.clock.advance(-HOUR);
    await here.consents.withdrawAll(await world.act(subjectId, SCOPES.basic));
    const before = await world.count('privacy_consent_record');
    for (const [scope, after] of [
      [SCOPES.basic, basic],
      [SCOPES.address, address],
      [SCOPES.address, null],
      [SCOPES.address, '0'],
      [SCOPES.address, `${address}.1`],
    ] as const) {
      expect(await late(subjectId, scope, after)).toBe('privacy.consent-replayed');
    }
    expect(await world.count('privacy_consent_record')).toBe(before);
    expect(await ground(here, subjectId, 'chat.message')).toBe('withdrawn');
    await world.decide(subjectId, SCOPES.basic, { after: await seen(subjectId, SCOPES.basic) });
    // Nor after the person came back.
    expect(await late(subjectId, SCOPES.address, address)).toBe('privacy.consent-replayed');
    const refuse = { decision: 'refuse', after: address } as const;
    await world.decide(subjectId, SCOPES.address, refuse);
    expect(await codeOf(world.decide(subjectId, SCOPES.address, refuse))).toBe('privacy.consent-replayed');
  });

  it('P-0109 the same act twice at one moment is one record', async () => {
    const subjectId = await world.person();
    const once = await world.act(subjectId, SCOPES.mobile, { nonce: 'double-click' });
    const [one, other] = await Promise.all([world.here.consents.decide(once), world.elsewhere.consents.decide(once)]);
    expect(one).toEqual(other);
    expect(await world.count('privacy_consent_record', `subject_id = '${subjectId}'`)).toBe(2);
  });

  it('P-0109 decisions of one scope are ordered even when a clock is set back', async () => {
    const subjectId = await world.person();
    await world.decide(subjectId, SCOPES.mobile);
    world.clock.advance(-24 * HOUR);
    await world.decide(subjectId, SCOPES.mobile, { decision: 'withdraw' });
    expect(await ground(world.here, subjectId, 'contact.mobile')).toBe('withdrawn');
    await world.decide(subjectId, SCOPES.mobile);
    await world.decide(subjectId, SCOPES.relations);
    expect(await ground(world.here, subjectId, 'contact.mobile')).toBe('allowed');
  });

  it('F-1606 C-35 without the basic consent: fence, task, erasure after the grace', async () => {
    const { here, platform, tenantId, clock } = world;
    const subjectId = await world.person();
    expect(await world.write(subjectId)).toBeUndefined();
    await world.decide(subjectId, SCOPES.basic, { decision: 'withdraw' });
    expect(await world.write(subjectId)).toBe('privacy.consent-required');
    expect(await here.erasures.dueAt(tenantId, subjectId)).toBe(clock.now() + 24 * HOUR);
    expect(await codeOf(here.asks.ask(world.who, subjectId, SCOPES.basic))).toBe('privacy.consent-required');
    clock.advance(24 * HOUR - 1);
    expect(await here.erasures.run()).toBe(0);
    clock.advance(1);
    expect(await here.erasures.run()).toBe(1);
    expect(await here.erasures.run()).toBe(0);
    expect(await world.write(subjectId)).toBe('privacy.subject-closed');
    expect(await codeOf(platform.cipher.load(tenantId, [subjectId], 'content'))).toBe('privacy.subject-erased');
    expect(await codeOf(world.decide(subjectId, SCOPES.basic))).toBe('privacy.subject-closed');
    expect(await here.erasures.dueAt(tenantId, subjectId)).toBeNull();
  });

  it('C-35 F-1606 whoever leaves while the basic function is off is fenced and erased', async () => {
    const { here, tenantId, clock, who } = world;
    const subjectId = await world.person();
    const { version, register } = await here.register.load(tenantId);
    const activities = register.activities.map((one) =>
      one.purpose === 'support-conversation' ? { ...one, enabled: false } : one,
    );
    await here.register.change(who, { baseVersion: version, register: { ...register, activities }, note: '' });
    await world.feed.poll();
    await world.decide(subjectId, SCOPES.basic, { decision: 'withdraw', granted: false });
    expect(await world.write(subjectId)).toBe('privacy.consent-required');
    expect(await here.erasures.dueAt(tenantId, subjectId)).toBe(clock.now() + 24 * HOUR);
    clock.advance(24 * HOUR);
    expect(await here.erasures.run()).toBe(1);
    expect(await world.write(subjectId)).toBe('privacy.subject-closed');
  });

  it('F-1606 agreeing again in time opens the fence and cancels the erasure', async () => {
    const { here, tenantId, clock } = world;
    const subjectId = await world.person();
    await world.decide(subjectId, SCOPES.basic, { decision: 'withdraw' });
    clock.advance(23 * HOUR);
    await world.decide(subjectId, SCOPES.basic);
    expect(await here.erasures.dueAt(tenantId, subjectId)).toBeNull();
    expect(await world.write(subjectId)).toBeUndefined();
    expect(await ground(here, subjectId, 'chat.message')).toBe('allowed');
    clock.advance(48 * HOUR);
    expect(await here.erasures.run()).toBe(0);
    expect(await world.write(subjectId)).toBeUndefined();
  });

  it('P-0110 withdraws everything, of linked subjects as well', async () => {
    const { here, tenantId } = world;
    const [one, other] = [await world.person(), await world.person()];
    await world.decide(one, SCOPES.relations);
    await world.decide(other, SCOPES.mobile);
    await world.link(one, other);
    const circumstances = await world.act(one, SCOPES.basic);
    const records = await here.consents.withdrawAll(circumstances);
    expect(records.map(({ subjectId, scope }) => `${subjectId === one} ${scope}`).sort()).toEqual([
      `false ${SCOPES.mobile}`,
      `false ${SCOPES.basic}`,
      `true ${SCOPES.relations}`,
      `true ${SCOPES.basic}`,
    ]);
    for (const subjectId of [one, other]) {
      expect(await world.write(subjectId)).toBe('privacy.consent-required');
      expect(await here.erasures.dueAt(tenantId, subjectId)).not.toBeNull();
    }
    expect(await codeOf(here.consents.withdrawAll(circumstances))).toBe('privacy.consent-not-given');
  });

  it('P-0104 a no of a linked subject holds for all of them, in every process', async () => {
    const { here, elsewhere, feed } = world;
    const [one, other, third] = [await world.person(), await world.person(), await world.person()];
    for (const scope of [SCOPES.relations, SCOPES.mobile]) await world.decide(one, scope);
    expect(await ground(elsewhere, one, 'contact.mobile')).toBe('allowed');
    await world.link(one, other);
    await world.link(third, other);
    await Promise.all([feed.poll(), world.platform.feed.poll()]);
    expect(await ground(here, one, 'contact.mobile')).toBe('allowed');
    expect(await ground(elsewhere, one, 'contact.mobile')).toBe('allowed');
    await world.decide(third, SCOPES.mobile, { decision: 'refuse' });
    await feed.poll();
    expect(await ground(here, one, 'contact.mobile')).toBe('refused');
    expect(await ground(elsewhere, one, 'contact.mobile')).toBe('refused');
    // A yes is nobody's but the subject's own.
    expect(await ground(here, other, 'contact.mobile')).toBe('refused');
  });

  it('P-0903 a guardian decides beside the person, and nobody for the guardian', async () => {
    const subjectId = await world.person();
    for (const scope of [SCOPES.relations, SCOPES.mobile]) await world.decide(subjectId, scope);
    await world.guard(subjectId);
    await world.platform.feed.poll();
    expect(await ground(world.here, subjectId, 'contact.mobile')).toBe('guardian');
    expect(await codeOf(world.decide(subjectId, SCOPES.guardian))).toBe('privacy.consent-not-yours');
    expect(await codeOf(world.decide(subjectId, SCOPES.mobile, { actor: 'guardian', granted: true }))).toBe(
      'privacy.consent-not-yours',
    );
    expect(await codeOf(world.decide(subjectId, SCOPES.guardian, { actor: `member:${subjectId}` }))).toBe(
      'privacy.consent-invalid',
    );
    await world.decide(subjectId, SCOPES.guardian, { actor: 'guardian' });
    expect(await ground(world.here, subjectId, 'contact.mobile')).toBe('allowed');
    await world.decide(subjectId, SCOPES.guardian, {
      ...{ actor: `member:${world.who.memberId}`, method: 'written', decision: 'withdraw' },
    });
    expect(await ground(world.here, subjectId, 'contact.mobile')).toBe('withdrawn');
  });

  it('counts people by their last word', async () => {
    const [one, other] = [await world.person(), await world.person()];
    for (const subjectId of [one, other]) await world.decide(subjectId, SCOPES.mobile);
    await world.decide(one, SCOPES.mobile, { decision: 'withdraw' });
    await world.decide(other, SCOPES.address, { decision: 'refuse' });
    expect(await world.here.consents.counts(world.tenantId)).toEqual([
      { scope: SCOPES.mobile, granted: 1, superseded: 0, refused: 0, withdrawn: 1 },
      { scope: SCOPES.basic, granted: 2, superseded: 0, refused: 0, withdrawn: 0 },
      { scope: SCOPES.address, granted: 0, superseded: 0, refused: 1, withdrawn: 0 },
    ]);
    const first = await world.here.consents.history(world.tenantId, { limit: 4 });
    expect(first.items).toHaveLength(4);
    const rest = await world.here.consents.history(world.tenantId, { limit: 4, cursor: first.next! });
    expect(rest).toMatchObject({ next: null });
    expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(6);
  });
});
