import type { ChoiceMade, PersonalChoice, PersonalChoices } from '@libs/contracts';
import { newId } from '@libs/kernel';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { InboxAdmin } from '../../apps/chat/src/index.js';
import { DEMO_LOOK, DEMO_NOTICES } from '../../apps/standalone/src/demo/demo-texts.js';
import { type ChatWorld, openChatWorld, SHOP, type WorldTenant } from '../world/chat-world.js';
import { must, until, type Visitor } from '../world/clients.js';
import { type Fingerprints, openFingerprints } from '../world/fingerprint.js';

const CONVERSATION = 'purpose/support-conversation';
const MOBILE = 'field/customer-relations/contact.mobile';
const ADDRESS = 'sensitive/customer-relations/contact.address';
const VOICE = 'sensitive/voice-message/media.voice';

interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  readonly body: PersonalChoices;
}

describeColumns('a person’s choices on $column over HTTP and sockets', (column) => {
  let world: ChatWorld;
  let prints: Fingerprints;
  let alpha: WorldTenant;
  beforeAll(async () => {
    world = await openChatWorld({ column, quickLooks: true });
    prints = await openFingerprints(world.platform);
    alpha = world.tenants[0];
  });
  afterAll(async () => {
    await prints?.close();
    await world?.close();
  });

  const call = async (token: string | undefined, path: string, body?: unknown): Promise<Answer> => {
    const headers = new Headers(body === undefined ? {} : { 'content-type': 'application/json' });
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
    const response = await fetch(`${world.origin}/api/v1/chat/widget/choices${path}`, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      headers,
    });
    const answer = (await response.json()) as PersonalChoices & { code?: string };
    return { status: response.status, code: answer.code, body: answer };
  };
  const query = (tenant: WorldTenant = alpha) => `?inbox=${tenant.inboxKey}`;
  const read = (token: string | undefined, locale = 'zh-CN') => call(token, `${query()}&locale=${locale}`);
  const one = ({ choices }: PersonalChoices, scope: string): PersonalChoice =>
    choices.find((choice) => choice.scope === scope)!;
  const act = async (token: string, scope: string, change: Partial<Record<keyof ChoiceMade, unknown>> = {}) => {
    const { version, noticeHash, seen } = one((await read(token)).body, scope);
    const made = { scope, granted: true, version, noticeHash, seen, locale: 'zh-CN', screen: 'widget.your-data' };
    return call(token, query(), { ...made, ...change });
  };
  const person = async (tenant: WorldTenant = alpha): Promise<Visitor & { token: string }> => {
    const visitor = await world.visitor({ tenant });
    must(await visitor.send('榨汁机不转了'));
    return visitor as Visitor & { token: string };
  };
  /** Who wrote last. */
  const newest = async (): Promise<string> => {
    const owner = await world.agent({ member: 0 });
    return (await owner.list('all')).items[0]!.subjectId;
  };
  const who = () => ({ tenantId: alpha.id, memberId: alpha.members[1]!.id, correlationId: newId() });

  it('P-0102 F-1501 nothing is agreed beforehand but what was agreed to; texts come in both languages', async () => {
    const { token } = await person();
    for (const [locale, title] of [
      ['zh-CN', '手机号'],
      ['en', 'Mobile number'],
    ] as const) {
      const { choices, erasureAt, erasureHours } = (await read(token, locale)).body;
      expect([erasureAt, erasureHours]).toEqual([null, 24]);
      expect(one({ choices } as PersonalChoices, MOBILE).title).toBe(title);
      expect(choices.filter(({ state }) => state !== 'none').map(({ scope }) => scope)).toEqual([CONVERSATION]);
      for (const { text, noticeHash } of choices) expect([text.length > 20, noticeHash.length]).toEqual([true, 64]);
    }
  });

  it('P-0102 P-0105 F-1501 an act that is none has a code, and nothing is stored', async () => {
    const { token } = await person();
    const before = await prints.of(alpha.id);
    const refused: readonly (readonly [object, number, string])[] = [
      [{ granted: undefined }, 422, 'privacy.consent-not-express'],
      [{ granted: 'true' }, 422, 'privacy.consent-not-express'],
      [{ granted: 1 }, 422, 'privacy.consent-not-express'],
      [{ granted: null }, 422, 'privacy.consent-not-express'],
      [{ scope: [MOBILE, ADDRESS] }, 422, 'privacy.consent-bundled'],
      [{ scope: `${MOBILE},${ADDRESS}` }, 422, 'privacy.consent-bundled'],
      [{ scope: 'purpose/microphone' }, 422, 'privacy.consent-scope-unknown'],
      [{ scope: 'purpose/marketing' }, 422, 'privacy.consent-scope-unknown'],
      [{ scope: 7 }, 422, 'privacy.consent-scope-unknown'],
      [{ scope: undefined }, 422, 'privacy.consent-scope-unknown'],
      [{ scope: '__proto__' }, 422, 'privacy.consent-scope-unknown'],
      [{ version: 0 }, 409, 'privacy.policy-superseded'],
      [{ version: 2 }, 422, 'privacy.notice-unknown'],
      [{ version: '1' }, 422, 'privacy.notice-unknown'],
      [{ noticeHash: '0'.repeat(64) }, 422, 'privacy.notice-unknown'],
      [{ noticeHash: undefined }, 422, 'privacy.notice-unknown'],
      [{ seen: undefined }, 422, 'privacy.consent-invalid'],
      [{ seen: 7 }, 422, 'privacy.consent-invalid'],
      [{ seen: 'something' }, 409, 'privacy.consent-replayed'],
      [{ seen: null }, 409, 'privacy.consent-replayed'],
      [{ locale: 'fr' }, 422, 'privacy.notice-unknown'],
      [{ locale: 'toString' }, 422, 'privacy.notice-unknown'],
      [{ screen: 'somewhere' }, 422, 'http.invalid-input'],
      [{ subjectId: newId() }, 422, 'http.invalid-input'],
      [{ actor: 'guardian' }, 422, 'http.invalid-input'],
      [{ purpose: 'marketing' }, 422, 'http.invalid-input'],
    ];
    for (const [change, status, code] of refused) {
      const answer = await act(token, MOBILE, change);
      expect([change, answer.status, answer.code]).toEqual([change, status, code]);
    }
    expect((await act(token, CONVERSATION, { noticeHash: '0'.repeat(64) })).code).toBe('privacy.notice-unknown');
    expect((await read(token, 'fr')).code).toBe('http.invalid-input');
    expect(await prints.of(alpha.id)).toEqual(before);
  });

  it('P-0109 only the bearer of the token decides, and only about that person', async () => {
    const [mine, theirs] = [await person(), await person(world.tenants[1])];
    const before = [await prints.of(alpha.id), await prints.of(world.tenants[1].id)];
    for (const token of [undefined, '', 'x', theirs.token, '0'.repeat(64)]) {
      expect((await read(token)).status).toBe(401);
      expect((await call(token, query(), { scope: MOBILE })).status).toBeGreaterThanOrEqual(401);
      expect((await call(token, `/withdraw-all${query()}`, { locale: 'en', screen: 'widget.your-data' })).code).toBe(
        'chat.token-invalid',
      );
    }
    expect((await call(mine.token, `${query(world.tenants[1])}&locale=en`)).code).toBe('chat.token-invalid');
    expect([await prints.of(alpha.id), await prints.of(world.tenants[1].id)]).toEqual(before);
  });

  it('P-0109 F-1501 each switch can be turned on and off again, each act is a record of its own', async () => {
    const { token } = await person();
    const state = async (granted: boolean) => one((await act(token, VOICE, { granted })).body, VOICE).state;
    expect((await act(token, VOICE, { granted: false })).code).toBe('privacy.consent-not-given');
    expect([await state(true), await state(false), await state(true)]).toEqual(['granted', 'withdrawn', 'granted']);
    const others = (await read(token)).body.choices.filter(({ scope }) => ![VOICE, CONVERSATION].includes(scope));
    expect(new Set(others.map((choice) => choice.state))).toEqual(new Set(['none']));
  });

  it('P-0109 P-0110 a yes that comes after the no is refused with a code, and nothing is stored', async () => {
    const { token } = await person();
    const { choices } = (await read(token)).body;
    const late = async (scope: string) => {
      const { version, noticeHash, seen } = one({ choices } as PersonalChoices, scope);
      const made = { scope, granted: true, version, noticeHash, seen, locale: 'zh-CN', screen: 'widget.your-data' };
      return call(token, query(), made);
    };
    await act(token, MOBILE);
    await act(token, MOBILE, { granted: false });
    await act(token, CONVERSATION, { granted: false });
    const before = await prints.of(alpha.id);
    for (const scope of [MOBILE, CONVERSATION, ADDRESS]) {
      expect(await late(scope)).toMatchObject({ status: 409, code: 'privacy.consent-replayed' });
    }
    expect(await prints.of(alpha.id)).toEqual(before);
    expect((await read(token)).body.erasureAt).not.toBeNull();
    expect((await act(token, CONVERSATION)).body.erasureAt).toBeNull();
    expect(one((await act(token, MOBILE)).body, MOBILE).state).toBe('granted');
  });

  it('P-0101 the record names the language of the text that was shown, not the one that was asked for', async () => {
    const { work, clock, privacy } = world.platform;
    const inbox = await new InboxAdmin(work, clock).create({
      ...{ tenantId: alpha.id, name: 'one language', origins: [SHOP], look: DEMO_LOOK },
      notices: { 'zh-CN': DEMO_NOTICES['zh-CN']! },
    });
    const { token } = await person({ ...alpha, inboxKey: inbox.key });
    const here = `?inbox=${inbox.key}`;
    const decide = async (scope: string, granted: boolean) => {
      const found = one((await call(token, `${here}&locale=en`)).body, scope);
      const { version, noticeHash, seen } = found;
      const made = { scope, granted, version, noticeHash, seen, locale: 'en', screen: 'widget.your-data' };
      expect((await call(token, here, made)).status).toBe(200);
    };
    await decide(MOBILE, true);
    await decide(CONVERSATION, false);
    await decide(CONVERSATION, true);
    const { items } = await privacy.consents.history(alpha.id, { subjectId: await newest(), limit: 3 });
    const said = items.map(({ scope, decision, locale }) => `${scope} ${decision} ${locale}`).sort();
    expect(said).toEqual([`${MOBILE} grant en`, `${CONVERSATION} grant zh-CN`, `${CONVERSATION} withdraw zh-CN`]);
  });

  it('F-1602 P-0104 what the business asks is heard at once, answered once, and a no is not asked again', async () => {
    const visitor = await person();
    const subjectId = await newest();
    let heard = 0;
    visitor.socket.on('choices', () => {
      heard += 1;
    });
    const { asks } = world.platform.privacy;
    await asks.ask(who(), subjectId, ADDRESS);
    await until(() => heard === 1);
    expect(one((await read(visitor.token)).body, ADDRESS)).toMatchObject({ asked: true, state: 'none' });
    const no = await act(visitor.token, ADDRESS, { granted: false, screen: 'widget.consent-card' });
    expect(one(no.body, ADDRESS)).toMatchObject({ asked: false, state: 'refused' });
    await until(() => heard === 2);
    await expect(asks.ask(who(), subjectId, ADDRESS)).rejects.toMatchObject({ code: 'privacy.refused-before' });
    expect(one((await act(visitor.token, ADDRESS)).body, ADDRESS).state).toBe('granted');
  });

  it('C-42 P-0104 F-1502 whoever refuses every extended function still writes and is answered', async () => {
    const visitor = await person();
    for (const { scope, kind } of (await read(visitor.token)).body.choices) {
      if (kind === 'extended') await act(visitor.token, scope, { granted: false, screen: 'widget.consent-card' });
    }
    const { choices } = (await read(visitor.token)).body;
    expect(new Set(choices.filter(({ kind }) => kind === 'extended').map(({ state }) => state))).toEqual(
      new Set(['refused']),
    );
    must(await visitor.send('文字照常'));
  });

  it('P-0110 F-1606 P-0109 withdrawing all ends sockets within 5 s and shuts every other door; agreeing opens', async () => {
    const visitor = await person();
    await act(visitor.token, MOBILE);
    const ended: string[] = [];
    visitor.socket.on('end', ({ code }: { code: string }) => ended.push(code));
    const body = { locale: 'zh-CN', screen: 'widget.your-data' };
    const { body: left } = await call(visitor.token, `/withdraw-all${query()}`, body);
    expect(left.erasureAt! - Date.now()).toBeGreaterThan(23 * 3_600_000);
    expect(left.choices.filter(({ state }) => state === 'withdrawn').map(({ scope }) => scope)).toEqual([
      ...[CONVERSATION, MOBILE],
    ]);
    await until(() => visitor.socket.disconnected);
    expect(ended).toEqual(['privacy.consent-withdrawn']);
    await expect(world.visitor({ token: visitor.token })).rejects.toThrow('privacy.consent-withdrawn');
    expect((await call(visitor.token, `/withdraw-all${query()}`, body)).code).toBe('privacy.consent-not-given');
    expect((await read(visitor.token)).body.erasureAt).toBe(left.erasureAt);
    const again = await act(visitor.token, CONVERSATION);
    expect(again.body.erasureAt).toBeNull();
    const back = await world.visitor({ token: visitor.token });
    must(await back.send('我回来了'));
  });

  /** The business keeps what `purpose` uses for longer than people agreed to. */
  const takeMore = async (purpose: string): Promise<void> => {
    const books = world.platform.privacy.register;
    const { version, register } = await books.load(alpha.id);
    const activities = register.activities.map((activity) =>
      activity.purpose === purpose ? { ...activity, retainMonths: activity.retainMonths + 12 } : activity,
    );
    const change = { baseVersion: version, register: { ...register, activities }, note: 'longer' };
    await books.change({ ...who(), memberId: alpha.members[0]!.id }, change);
  };

  it('P-0103 a function that takes more has to be agreed to again', async () => {
    const { token } = await person();
    await act(token, MOBILE);
    await takeMore('customer-relations');
    await until(async () => one((await read(token)).body, MOBILE).state === 'superseded');
    expect((await act(token, MOBILE, { version: 1 })).code).toBe('privacy.policy-superseded');
    expect(one((await act(token, MOBILE)).body, MOBILE)).toMatchObject({ state: 'granted', version: 2 });
  });

  it('P-0103 F-0310 so has the conversation: until then a message is refused and consumes no number', async () => {
    const { token } = await person();
    const visitor = await world.visitor({ token });
    await takeMore('support-conversation');
    expect(await visitor.send('还在吗')).toMatchObject({ ok: false, code: 'privacy.policy-superseded' });
    expect(one((await read(token)).body, CONVERSATION)).toMatchObject({ state: 'superseded', version: 2 });
    expect((await act(token, CONVERSATION)).body.erasureAt).toBeNull();
    expect(must(await visitor.send('还在吗')).seq).toBe(2);
  });
});
