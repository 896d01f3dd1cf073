import { AuthModule, createAuth } from '@libs/auth';
import { RECENT_INVALIDATIONS } from '@libs/database';
import { bootstrapService, type RunningService, SESSION_COOKIE } from '@libs/http';
import { ManualClock, newId } from '@libs/kernel';
import { authPorts, platformModule } from '@libs/platform';
import { describeColumns, openTestPlatform, type TestPlatform } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AccountModule } from './index.js';

const PASSWORD = 'plum-Kettle-91-harbour';
const BASE = '/api/v1/account';

class Root {}

describeColumns('account on $column', (column) => {
  const clock = new ManualClock(Date.now());
  let world: TestPlatform;
  let service: RunningService;
  let origin: string;

  const call = (method: 'GET' | 'POST' | 'DELETE', path: string, more: { cookie?: string; payload?: object } = {}) =>
    service.app.inject({
      ...{ method, url: BASE + path, remoteAddress: '192.0.2.1' },
      headers: { origin, ...(more.cookie ? { cookie: more.cookie } : {}) },
      ...(more.payload ? { payload: more.payload } : {}),
    });
  const signIn = (payload: object, cookie?: string) =>
    call('POST', '/sign-in', { payload, ...(cookie ? { cookie } : {}) });
  const cookieOf = (answer: Awaited<ReturnType<typeof call>>) => String(answer.headers['set-cookie']).split(';')[0]!;

  beforeAll(async () => {
    world = await openTestPlatform({ column, clock });
    const { platform, tenants } = world;
    const { accounts } = createAuth(authPorts(platform));
    const ada = await accounts.createLogin({ email: 'ada@alpha.example', password: PASSWORD });
    await accounts.createMember({ tenantId: tenants[0], loginId: ada.loginId, role: 'agent', displayName: 'Ada' });
    const bo = await accounts.createLogin({ email: 'bo@both.example', password: PASSWORD });
    for (const tenantId of tenants) {
      await accounts.createMember({ tenantId, loginId: bo.loginId, role: 'owner', displayName: 'Bo' });
    }
    origin = platform.config.server.publicOrigin;
    service = await bootstrapService({
      ...{ name: 'account', config: platform.config, log: platform.log, clock, listen: false },
      module: { module: Root, imports: [platformModule(platform), AuthModule, AccountModule] },
    });
  });
  afterAll(async () => {
    await service?.close();
    await world?.close();
  });

  it('F-0106 signing in answers who I am and sets a cookie that no script and no other site can use', async () => {
    const answer = await signIn({ identifier: 'ada@alpha.example', password: PASSWORD });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({
      memberId: expect.any(String),
      displayName: 'Ada',
      role: 'agent',
      tenant: { id: world.tenants[0], name: 'Alpha', slug: 'alpha' },
      pending: ['member-notice'],
    });
    const header = String(answer.headers['set-cookie']);
    expect(header).toMatch(new RegExp(`^${SESSION_COOKIE}=${world.tenants[0]}\\.[A-Za-z0-9_-]{43}; `));
    expect(header.split('; ').slice(1).sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure'].sort());
    const kept = await signIn({ identifier: 'ada@alpha.example', password: PASSWORD, keep: true });
    expect(String(kept.headers['set-cookie'])).toContain('; Max-Age=2592000; ');
    const me = await call('GET', '/me', { cookie: cookieOf(answer) });
    expect(me.json()).toEqual(answer.json());
  });

  it('F-0106 a wrong password and an unknown account get the same bytes', async () => {
    const wrong = await signIn({ identifier: 'ada@alpha.example', password: 'not-the-password' });
    const unknown = await signIn({ identifier: 'nobody@alpha.example', password: 'not-the-password' });
    expect([wrong.statusCode, wrong.json().code]).toEqual([401, 'account.credentials-invalid']);
    const same = (answer: typeof wrong) => ({ ...answer.json(), requestId: '', instance: '' });
    expect(same(unknown)).toEqual(same(wrong));
    expect(wrong.headers['set-cookie']).toBeUndefined();
  });

  it.each([
    [{}],
    [{ identifier: 'ada@alpha.example' }],
    [{ identifier: { $ne: '' }, password: PASSWORD }],
    [{ identifier: 'ada@alpha.example', password: 'x'.repeat(257) }],
    [{ identifier: 'ada@alpha.example', password: PASSWORD, role: 'owner' }],
    [{ identifier: 'ada@alpha.example', password: PASSWORD, tenantId: "' OR 1=1" }],
  ])('P-1016 refuses a malformed sign-in: %j', async (payload) => {
    const answer = await signIn(payload);
    expect([answer.statusCode, answer.headers['set-cookie']]).toEqual([422, undefined]);
  });

  it('F-0106 a login of two workspaces chooses; a foreign and an unknown one get the same refusal', async () => {
    const who = { identifier: 'bo@both.example', password: PASSWORD };
    const asked = await signIn(who);
    expect(asked.headers['set-cookie']).toBeUndefined();
    expect(asked.json().choices.map(({ slug }: { slug: string }) => slug)).toEqual(['alpha', 'beta']);
    const chosen = await signIn({ ...who, tenantId: world.tenants[1] });
    expect(chosen.json().tenant.slug).toBe('beta');
    const { ticket } = asked.json();
    const next = (payload: object) => call('POST', '/sign-in/verify', { payload });
    expect((await next({ ticket, tenantId: world.tenants[0] })).json().tenant.slug).toBe('alpha');
    expect((await next({ ticket, tenantId: newId() })).json().code).toBe('account.no-workspace');
    for (const bad of ['x', `${ticket}A`, ticket.slice(4), `${ticket.slice(0, -4)}AAAA`]) {
      const refused = await next({ ticket: bad, tenantId: world.tenants[0] });
      expect([refused.statusCode, refused.json().code]).toEqual([401, 'account.ticket-invalid']);
    }
    clock.advance(5 * 60_000);
    expect((await next({ ticket, tenantId: world.tenants[0] })).json().code).toBe('account.ticket-invalid');
    const ada = { identifier: 'ada@alpha.example', password: PASSWORD };
    for (const tenantId of [world.tenants[1], newId()]) {
      const refused = await signIn({ ...ada, tenantId });
      expect([refused.statusCode, refused.json().code]).toEqual([403, 'account.no-workspace']);
    }
  });

  it('F-0111 signing out ends the session, signing in again replaces the one the browser had', async () => {
    const who = { identifier: 'ada@alpha.example', password: PASSWORD };
    const first = cookieOf(await signIn(who));
    const second = cookieOf(await signIn(who, first));
    expect((await call('GET', '/me', { cookie: first })).statusCode).toBe(401);
    const out = await call('POST', '/sign-out', { cookie: second });
    expect(out.statusCode).toBe(204);
    expect(String(out.headers['set-cookie'])).toContain(`${SESSION_COOKIE}=; Max-Age=0`);
    expect((await call('GET', '/me', { cookie: second })).statusCode).toBe(401);
  });

  it('F-0111 I see my sessions and end one; nobody ends mine, in this tenant or another', async () => {
    const ada = { identifier: 'ada@alpha.example', password: PASSWORD };
    const [mine, other] = [cookieOf(await signIn(ada)), cookieOf(await signIn(ada))];
    const { items } = (await call('GET', '/sessions', { cookie: mine })).json();
    const current = items.find((session: { current: boolean }) => session.current);
    const bo = { identifier: 'bo@both.example', password: PASSWORD };
    for (const tenantId of world.tenants) {
      const stranger = cookieOf(await signIn({ ...bo, tenantId }));
      for (const id of [current.id, newId()]) {
        const refused = await call('DELETE', `/sessions/${id}`, { cookie: stranger });
        expect([refused.statusCode, refused.json().code]).toEqual([404, 'account.session-not-found']);
      }
    }
    expect((await call('DELETE', `/sessions/${current.id}`, { cookie: other })).statusCode).toBe(204);
    expect((await call('GET', '/me', { cookie: mine })).statusCode).toBe(401);
    expect((await call('DELETE', '/sessions/not-an-id', { cookie: other })).statusCode).toBe(422);
  });

  it('F-0111 P-1012 I end a session of my login in another workspace, and every process knows at once by the feed', async () => {
    const bo = { identifier: 'bo@both.example', password: PASSWORD };
    const [here, there] = [
      cookieOf(await signIn({ ...bo, tenantId: world.tenants[0] })),
      cookieOf(await signIn({ ...bo, tenantId: world.tenants[1] })),
    ];
    const { items } = (await call('GET', '/sessions', { cookie: there })).json();
    const { id } = items.find((session: { current: boolean }) => session.current);
    const shown = (await call('GET', '/me/sign-ins', { cookie: here })).json().items;
    expect(shown.map(({ sessionId }: { sessionId: string | null }) => sessionId)).toContain(id);
    const ada = cookieOf(await signIn({ identifier: 'ada@alpha.example', password: PASSWORD }));
    const refused = await call('DELETE', `/sessions/${id}`, { cookie: ada });
    expect([refused.statusCode, refused.json().code]).toEqual([404, 'account.session-not-found']);
    expect((await call('GET', '/me', { cookie: there })).statusCode).toBe(200);
    expect((await call('DELETE', `/sessions/${id}`, { cookie: here })).statusCode).toBe(204);
    expect((await call('GET', '/me', { cookie: there })).statusCode).toBe(401);
    expect((await call('GET', '/me', { cookie: here })).statusCode).toBe(200);
    const told = await world.platform.database.reader.all<{ tenant_id: string; ref: string }>(
      RECENT_INVALIDATIONS,
      [0],
    );
    expect(told).toContainEqual(expect.objectContaining({ tenant_id: world.tenants[1], ref: id }));
    expect((await call('DELETE', `/sessions/${id}`, { cookie: here })).statusCode).toBe(404);
  });

  it('P-1011 without a session, or with a made-up one, nothing is answered', async () => {
    const cookies = [undefined, `${SESSION_COOKIE}=x`, `${SESSION_COOKIE}=${world.tenants[0]}.${'A'.repeat(43)}`];
    for (const cookie of cookies) {
      for (const path of ['/me', '/sessions']) {
        expect((await call('GET', path, cookie ? { cookie } : {})).statusCode).toBe(401);
      }
    }
  });

  it('P-1016 a page of another origin cannot use the session', async () => {
    const cookie = cookieOf(await signIn({ identifier: 'ada@alpha.example', password: PASSWORD }));
    const foreign = await service.app.inject({
      ...{ method: 'POST', url: `${BASE}/sign-out` },
      headers: { cookie, origin: 'https://evil.example' },
    });
    expect(foreign.statusCode).toBe(403);
    expect((await call('GET', '/me', { cookie })).statusCode).toBe(200);
  });

  it('P-1307 an erased member is known no more, and its login opens nothing', async () => {
    const { accounts } = createAuth(authPorts(world.platform));
    const { loginId } = await accounts.createLogin({ email: 'cy@alpha.example', password: PASSWORD });
    const member = { tenantId: world.tenants[0], loginId, role: 'agent', displayName: 'Cy' } as const;
    const { subjectId } = await accounts.createMember(member);
    const credentials = { identifier: 'cy@alpha.example', password: PASSWORD };
    const cookie = cookieOf(await signIn(credentials));
    expect((await call('GET', '/me', { cookie })).statusCode).toBe(200);
    await world.platform.upkeep.destruction.destroySubject(world.tenants[0], subjectId);
    expect((await call('GET', '/me', { cookie })).statusCode).toBe(401);
    const refused = await signIn(credentials);
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'account.no-workspace']);
  });

  it('P-1012 ten failures lock the door for that address with 429 and the time to wait', async () => {
    const attempt = (n: number) =>
      service.app.inject({
        ...{ method: 'POST', url: `${BASE}/sign-in`, remoteAddress: '203.0.113.9' },
        ...{ headers: { origin }, payload: { identifier: `guess-${n}@alpha.example`, password: 'wrong-wrong-wrong' } },
      });
    for (let n = 0; n < 10; n++) expect((await attempt(n)).statusCode).toBe(401);
    const locked = await attempt(10);
    expect([locked.statusCode, locked.json().code]).toEqual([429, 'account.locked']);
    expect(JSON.stringify(locked.json())).toContain('900000');
  });

  it('P-1002 the log of all this names nobody', () => {
    expect(world.lines.join('\n')).not.toMatch(/alpha\.example|both\.example|kettle|203\.0\.113|192\.0\.2/i);
  });
});
