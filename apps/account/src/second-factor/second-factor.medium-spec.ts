import { AuthModule, createAuth, MEMBER_NOTICE } from '@libs/auth';
import { announce } from '@libs/events';
import { bootstrapService, listRoutes, type RunningService } from '@libs/http';
import { ManualClock } from '@libs/kernel';
import { authPorts, platformModule } from '@libs/platform';
import { runInTenant } from '@libs/tenancy';
import { describeColumns, openTestPlatform, type TestPlatform } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { codeOf } from '../../../../test/world/authenticator-app.js';
import { AccountModule } from '../index.js';

const PASSWORD = 'plum-Kettle-91-harbour';
const BASE = '/api/v1/account';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0';

class Root {}

describeColumns('second factor on $column', (column) => {
  const clock = new ManualClock(Date.now());
  let world: TestPlatform;
  let service: RunningService;
  let secret: string;
  let codes: readonly string[];

  const call = (
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    more: { cookie?: string; payload?: object; agent?: string; address?: string } = {},
  ) =>
    service.app.inject({
      ...{ method, url: BASE + path, remoteAddress: more.address ?? '192.0.2.1' },
      headers: {
        origin: world.platform.config.server.publicOrigin,
        'user-agent': more.agent ?? FIREFOX,
        ...(more.cookie ? { cookie: more.cookie } : {}),
      },
      ...(more.payload ? { payload: more.payload } : {}),
    });
  type Answer = Awaited<ReturnType<typeof call>>;
  const cookieOf = (answer: Answer) => String(answer.headers['set-cookie']).split(';')[0]!;
  const signIn = (name: string, from: { address?: string; agent?: string } = {}) =>
    call('POST', '/sign-in', { ...from, payload: { identifier: `${name}@alpha.example`, password: PASSWORD } });
  const verify = (ticket: string, method: string, code: string) =>
    call('POST', '/sign-in/verify', { payload: { ticket, method, code } });
  const ticketFor = async (name: string): Promise<string> => (await signIn(name)).json().verify.ticket;
  const refusal = (answer: Answer) => [answer.statusCode, answer.json().code];
  const proof = { proof: { password: PASSWORD } };
  const appCode = () => codeOf(secret, clock.now());
  /** The next code of the app: one that was taken is refused. */
  const freshCode = () => {
    clock.advance(30_000);
    return appCode();
  };
  const requireFactor = async (value: number): Promise<void> => {
    const { work, feed } = world.platform;
    const [tenantId] = world.tenants;
    await runInTenant({ tenantId, actor: { kind: 'system', id: 'test' }, correlationId: 'test' }, () =>
      work.upkeep(
        async (tx) => {
          await tx.run('UPDATE tenant_setting SET value = ? WHERE tenant_id = ? AND name = ?', [
            ...[String(value), tenantId],
            'security.second-factor',
          ]);
          await announce(tx, { kind: 'setting', tenantId, ref: tenantId });
        },
        new Set([tenantId]),
      ),
    );
    await feed.poll();
  };

  beforeAll(async () => {
    world = await openTestPlatform({ column, clock });
    const { accounts, notices } = createAuth(authPorts(world.platform));
    const read = { version: MEMBER_NOTICE.version, locale: 'en' } as const;
    const [tenantId] = world.tenants;
    for (const [name, role] of [
      ['ada', 'admin'],
      ['bea', 'owner'],
      ['cy', 'agent'],
    ] as const) {
      const { loginId } = await accounts.createLogin({ email: `${name}@alpha.example`, password: PASSWORD });
      const { memberId } = await accounts.createMember({ tenantId, loginId, role, displayName: name });
      await notices.confirm({ tenantId, memberId }, read, 'test');
      if (name === 'bea') {
        await accounts.createMember({ tenantId: world.tenants[1], loginId, role, displayName: name });
      }
    }
    service = await bootstrapService({
      ...{ name: 'account', config: world.platform.config, log: world.platform.log, clock, listen: false },
      module: { module: Root, imports: [platformModule(world.platform), AuthModule, AccountModule] },
    });
  });
  afterAll(async () => {
    await service?.close();
    await world?.close();
  });

  it('P-1008 an admin without second factor reaches nothing but the own account, and is told why', async () => {
    const cookie = cookieOf(await signIn('ada'));
    expect((await call('GET', '/me', { cookie })).json().pending).toBeUndefined();
    await requireFactor(1);
    const me = await call('GET', '/me', { cookie });
    expect([me.statusCode, me.json().pending]).toEqual([200, ['second-factor']]);
    const privileged = listRoutes(service.app).filter(({ access }) => access?.kind === 'permission');
    expect(privileged.length).toBeGreaterThan(0);
    for (const { method, route } of privileged) {
      const path = route.replace(BASE, '').replace(/:[A-Za-z]+/g, world.tenants[0]);
      const answer = await call(method as 'GET', path, { cookie, ...(method === 'GET' ? {} : { payload: {} }) });
      expect([method, path, ...refusal(answer)]).toEqual([method, path, 403, 'account.second-factor-required']);
    }
    const agent = cookieOf(await signIn('cy'));
    expect((await call('GET', '/me', { cookie: agent })).json().pending).toBeUndefined();
  });

  it('P-1008 F-0112 enrolling needs the password and a code; a clock ten minutes wrong is named', async () => {
    const cookie = cookieOf(await signIn('ada'));
    for (const bad of [{}, { proof: {} }, { proof: { password: 'x', code: '123456' } }]) {
      expect((await call('POST', '/me/second-factor', { cookie, payload: bad })).statusCode).toBe(422);
    }
    const refused = await call('POST', '/me/second-factor', {
      cookie,
      payload: { proof: { password: 'wrong-wrong' } },
    });
    expect(refusal(refused)).toEqual([403, 'account.proof-failed']);
    const offer = (await call('POST', '/me/second-factor', { cookie, payload: proof })).json();
    expect(offer.uri).toContain(`secret=${offer.secret}`);
    secret = offer.secret;
    const confirm = (code: string) => call('POST', '/me/second-factor/confirm', { cookie, payload: { code } });
    for (const minutes of [-10, 10]) {
      const answer = await confirm(codeOf(secret, clock.now() + minutes * 60_000));
      expect(refusal(answer)).toEqual([401, 'account.code-clock']);
      expect(answer.json().title).toContain('clock');
    }
    const enrolled = await confirm(appCode());
    expect(enrolled.statusCode).toBe(200);
    codes = enrolled.json().codes;
    expect(new Set(codes).size).toBe(10);
    clock.advance(5000);
    const me = (await call('GET', '/me', { cookie })).json();
    expect(me.pending).toBeUndefined();
    const state = (await call('GET', '/me/second-factor', { cookie })).json();
    expect(state).toEqual({ enrolledAt: expect.any(Number), recoveryCodesLeft: 10, required: true });
    expect(refusal(await call('POST', '/me/second-factor', { cookie, payload: proof }))).toEqual([
      ...[409, 'account.second-factor-exists'],
    ]);
  });

  it('P-1008 sign-in asks for a code, one step around now, each once', async () => {
    const asked = await signIn('ada');
    expect(asked.headers['set-cookie']).toBeUndefined();
    expect(asked.json().verify.methods).toEqual(['totp', 'recovery-code']);
    const { ticket } = asked.json().verify;
    expect(refusal(await call('POST', '/sign-in/verify', { payload: { ticket } }))).toEqual([
      ...[422, 'account.second-step-required'],
    ]);
    expect(refusal(await verify(ticket, 'sms', '123456'))).toEqual([422, 'account.second-step-required']);
    expect(refusal(await verify(ticket, 'totp', '000000'))).toEqual([401, 'account.code-wrong']);
    const slow = codeOf(secret, clock.now() - 10 * 60_000);
    expect(refusal(await verify(ticket, 'totp', slow))).toEqual([401, 'account.code-clock']);
    const ahead = codeOf(secret, clock.now() + 10 * 60_000);
    const early = await verify(ticket, 'totp', ahead);
    expect([...refusal(early), early.json().title.includes('clock')]).toEqual([401, 'account.code-wrong', true]);
    const code = freshCode();
    const right = await verify(ticket, 'totp', code);
    expect([right.statusCode, right.json().role]).toEqual([200, 'admin']);
    expect(refusal(await verify(await ticketFor('ada'), 'totp', code))).toEqual([401, 'account.code-used']);
    const before = freshCode();
    clock.advance(30_000);
    expect((await verify(await ticketFor('ada'), 'totp', before)).statusCode).toBe(200);
  });

  it('P-1008 of two that use one recovery code at once one gets in, and nobody later', async () => {
    const tickets = [await ticketFor('ada'), await ticketFor('ada')];
    const answers = await Promise.all(tickets.map((ticket) => verify(ticket, 'recovery-code', codes[0]!)));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 401]);
    expect(refusal(await verify(await ticketFor('ada'), 'recovery-code', codes[0]!))).toEqual([
      401,
      'account.code-wrong',
    ]);
    const upper = codes[1]!.toUpperCase().replaceAll('-', ' ');
    expect((await verify(await ticketFor('ada'), 'recovery-code', upper)).statusCode).toBe(200);
    const stored = await world.platform.keyStore.readTenantKeys(world.tenants[0], []);
    expect(JSON.stringify(stored)).not.toContain(codes[2]);
  });

  it('P-1012 failures of the second step lock like those of the first, and are shown to the owner', async () => {
    const ticket = await ticketFor('ada');
    let last: Answer | undefined;
    for (let n = 0; n < 11; n++) last = await verify(ticket, 'totp', '000000');
    expect(refusal(last!)).toEqual([429, 'account.locked']);
    expect(refusal(await signIn('ada'))).toEqual([429, 'account.locked']);
    clock.advance(15 * 60_000);
    const cookie = cookieOf(await verify(await ticketFor('ada'), 'totp', appCode()));
    const { items } = (await call('GET', '/me/sign-ins', { cookie })).json();
    const kinds = items.map(({ kind }: { kind: string }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['signed-in', 'second-step-failed', 'locked']));
    const current = items.filter((entry: { current: boolean }) => entry.current);
    expect(current).toEqual([
      expect.objectContaining({ kind: 'signed-in', device: 'Firefox on Linux', network: '192.0.2.*' }),
    ]);
  });

  it('F-0107 a new network or device makes a security event; the same place does not', async () => {
    const unusual = async () => {
      const cookie = cookieOf(await signIn('cy'));
      const { items } = (await call('GET', '/me/sign-ins', { cookie })).json();
      return items.filter(({ kind }: { kind: string }) => kind === 'unusual').length;
    };
    expect(await unusual()).toBe(0);
    await signIn('cy', { address: '198.51.100.7' });
    expect(await unusual()).toBe(1);
    await signIn('cy', { address: '198.51.100.8' });
    expect(await unusual()).toBe(1);
    await signIn('cy', { agent: '\u0001'.repeat(3) + 'x'.repeat(5000) });
    expect(await unusual()).toBe(2);
  });

  it('P-1008 a second admin takes it away where the login opens no other workspace, and nobody their own', async () => {
    await requireFactor(0);
    const bea = await call('POST', '/sign-in', {
      payload: { identifier: 'bea@alpha.example', password: PASSWORD, tenantId: world.tenants[0] },
    });
    const ada = cookieOf(await verify(await ticketFor('ada'), 'totp', freshCode()));
    const [owner, admin] = [bea.json().memberId, (await call('GET', '/me', { cookie: ada })).json().memberId];
    const remove = (cookie: string, id: string) => call('DELETE', `/members/${id}/second-factor`, { cookie });
    expect(refusal(await remove(ada, admin))).toEqual([409, 'account.second-admin-required']);
    expect(refusal(await remove(ada, owner))).toEqual([409, 'account.login-elsewhere']);
    expect(refusal(await remove(cookieOf(await signIn('cy')), admin))).toEqual([403, 'http.permission-missing']);
    expect((await remove(cookieOf(bea), admin)).statusCode).toBe(204);
    expect((await signIn('ada')).json().memberId).toBe(admin);
  });

  it('F-0113 a leak report freezes the login at once and ends every session of it', async () => {
    const [one, other] = [cookieOf(await signIn('cy')), cookieOf(await signIn('cy'))];
    expect((await call('DELETE', '/sessions', { cookie: one })).statusCode).toBe(204);
    expect((await call('GET', '/me', { cookie: other })).statusCode).toBe(401);
    const third = cookieOf(await signIn('cy'));
    expect((await call('POST', '/me/leak-report', { cookie: one })).statusCode).toBe(204);
    for (const cookie of [one, third]) expect((await call('GET', '/me', { cookie })).statusCode).toBe(401);
    expect(refusal(await signIn('cy'))).toEqual([403, 'account.frozen']);
    const wrong = await call('POST', '/sign-in', {
      payload: { identifier: 'cy@alpha.example', password: 'wrong-wrong-wrong' },
    });
    expect(refusal(wrong)).toEqual([401, 'account.credentials-invalid']);
    await createAuth(authPorts(world.platform)).accounts.setPassword('cy@alpha.example', `${PASSWORD}-2`);
  });
});
