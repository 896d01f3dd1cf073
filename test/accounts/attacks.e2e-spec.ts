import { listRoutes } from '@libs/http';
import { newId } from '@libs/kernel';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { cookieOf, PASSWORD } from '../../apps/account/src/account-world.fixture.js';
import { codeOf } from '../world/authenticator-app.js';
import { type MessagesWorld, openMessagesWorld, type Person } from './messages-world.js';

const BASE = '/api/v1/account';
const PROXY = '10.9.9.9';

describeColumns('attacks on accounts on $column', (column) => {
  let world: MessagesWorld;
  let home = 0;

  beforeAll(async () => {
    world = await openMessagesWorld(column, { CUSTODIA_TRUSTED_PROXIES: PROXY });
  });
  afterAll(() => world?.close());
  beforeEach(() => {
    world.clock.advance(61 * 60_000);
    home += 1;
  });

  type Answer = Awaited<ReturnType<MessagesWorld['call']>>;
  const refusal = (answer: Answer) => [answer.statusCode, answer.json().code];
  const plain = (answer: Answer) => [answer.statusCode, answer.body.replace(/"requestId":"[^"]+"/, '')];
  const signIn = ({ email }: Pick<Person, 'email'>, password = PASSWORD, more: object = {}) =>
    world.call('POST', '/sign-in', {
      ...{ address: `203.0.113.${home}`, payload: { identifier: email, password }, ...more },
    });
  const cookieFor = async (person: Person) => cookieOf(await signIn(person));
  const enrol = async (cookie: string): Promise<string> => {
    const payload = { proof: { password: PASSWORD } };
    const { secret } = (await world.call('POST', '/me/second-factor', { cookie, payload })).json();
    const code = codeOf(secret, world.clock.now());
    const confirmed = await world.call('POST', '/me/second-factor/confirm', { cookie, payload: { code } });
    expect(confirmed.statusCode).toBe(200);
    return secret;
  };

  it('P-1012 addresses that a proxy hands on count only if the proxy is listed', async () => {
    const person = await world.hire();
    const from = (address: string, claim: string) =>
      signIn(person, 'wrong-wrong-wrong', { address, headers: { 'x-forwarded-for': claim } });
    for (let n = 0; n < 10; n++) await from('192.0.2.200', `198.51.100.${n}`);
    expect(refusal(await from('192.0.2.200', '198.51.100.99'))).toEqual([429, 'account.locked']);
    for (let n = 0; n < 10; n++) await from(PROXY, '198.51.100.150');
    expect(refusal(await from(PROXY, '198.51.100.150'))).toEqual([429, 'account.locked']);
    expect(refusal(await from(PROXY, '192.0.3.1'))).toEqual([401, 'account.credentials-invalid']);
    // The hop nearest to the proxy counts, whatever the client writes before it.
    expect(refusal(await from(PROXY, '192.0.3.1, 198.51.100.150'))).toEqual([429, 'account.locked']);
  });

  it('C-43 every change from a page of another origin, or of none, is refused before it does anything', async () => {
    const cookie = await cookieFor(await world.hire('owner'));
    const changes = listRoutes(world.app).filter(({ method, route }) => method !== 'GET' && route.startsWith(BASE));
    expect(changes.length).toBeGreaterThan(25);
    for (const { method, route } of changes) {
      const path = route.slice(BASE.length).replace(/:[A-Za-z]+/g, newId());
      for (const origin of [
        'https://evil.example',
        'null',
        `${world.stage.platform.config.server.publicOrigin}.evil`,
      ]) {
        const answer = await world.call(method as 'POST', path, { cookie, origin, payload: {} });
        expect([method, path, ...refusal(answer)]).toEqual([method, path, 403, 'http.foreign-origin']);
        expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      }
    }
    expect((await world.call('GET', '/me', { cookie })).statusCode).toBe(200);
  });

  it('P-1006 F-0201 what nobody may set is refused by name, not ignored', async () => {
    const owner = await world.hire('owner');
    const cookie = await cookieFor(owner);
    const tenantId = world.stage.tenants[1];
    const [email, password] = [owner.email, PASSWORD];
    const tries: readonly (readonly ['POST' | 'PATCH' | 'PUT', string, object])[] = [
      ['POST', '/sign-in', { identifier: email, password, role: 'owner' }],
      ['POST', '/sign-in', { identifier: email, password, shown: 'new' }],
      ['POST', '/sign-in/verify', { ticket: 'x', loginId: newId() }],
      ['POST', '/invitations', { email: 'a@b.example', role: 'agent', tenantId }],
      ['POST', '/invitations', { email: 'a@b.example', role: 'platform' }],
      ['PATCH', '/workspace', { version: 1, name: 'A', state: 'active', id: tenantId }],
      ['PATCH', '/me/profile', { version: 0, fields: { role: 'owner' } }],
      ['PATCH', '/me/profile', { version: 0, fields: {}, memberId: newId() }],
      ['PUT', '/me/password', { proof: { password, loginId: newId() }, password }],
      ['PATCH', `/members/${newId()}`, { version: 1, role: 'agent', loginId: newId() }],
      ['POST', '/resets/use', { token: 'A'.repeat(43), password, loginId: newId() }],
      ['POST', '/me/notice', { version: '1', locale: 'en', memberId: newId() }],
    ];
    for (const [method, path, payload] of tries) {
      const answer = await world.call(method, path, { cookie, payload });
      expect([path, JSON.stringify(payload), answer.statusCode]).toEqual([path, JSON.stringify(payload), 422]);
    }
  });

  it('P-1012 a cookie that somebody planted is never taken over, and the one before ends', async () => {
    const person = await world.hire();
    const first = await cookieFor(person);
    const [name, value] = first.split('=') as [string, string];
    const planted = `${name}=${value.split('.')[0]}.${'A'.repeat(43)}`;
    const second = cookieOf(await signIn(person, PASSWORD, { cookie: planted }));
    expect(second).not.toBe(planted);
    expect((await world.call('GET', '/me', { cookie: planted })).statusCode).toBe(401);
    const third = cookieOf(await signIn(person, PASSWORD, { cookie: second }));
    expect(third).not.toBe(second);
    expect((await world.call('GET', '/me', { cookie: second })).statusCode).toBe(401);
    expect((await world.call('GET', '/me', { cookie: third })).statusCode).toBe(200);
  });

  it('P-1012 F-0106 no door tells by its words who has an account', async () => {
    const person = await world.hire();
    const nobody = { email: 'nobody@alpha.example' };
    expect(plain(await signIn(nobody, 'wrong-wrong-wrong'))).toEqual(plain(await signIn(person, 'wrong-wrong-wrong')));
    for (const path of ['/resets']) {
      const ask = (identifier: string) => world.call('POST', path, { payload: { identifier } });
      expect(plain(await ask(nobody.email))).toEqual(plain(await ask(person.email)));
    }
    const code = (mobile: string) => world.call('POST', '/codes', { payload: { purpose: 'sign-in', mobile } });
    expect(plain(await code('+8613711111111'))).toEqual(plain(await code(person.mobile)));
    const lock = async (one: Pick<Person, 'email'>, address: string) => {
      let last: Answer | undefined;
      for (let n = 0; n < 11; n++) last = await signIn(one, 'wrong-wrong-wrong', { address });
      return plain(last!);
    };
    expect(await lock(nobody, '198.18.1.1')).toEqual(await lock(person, '198.18.2.1'));
  });

  it('P-1008 a session from before the second factor does not come by its rights: it ends', async () => {
    const admin = await world.hire('admin');
    const thief = await cookieFor(admin);
    const own = await cookieFor(admin);
    await enrol(own);
    expect((await world.call('GET', '/me', { cookie: thief })).statusCode).toBe(401);
    expect((await world.call('GET', '/me', { cookie: own })).statusCode).toBe(200);
  });

  it('P-1008 P-1006 an admin takes no owner’s second factor away', async () => {
    const [owner, admin] = [await world.hire('owner'), await world.hire('admin')];
    await enrol(await cookieFor(owner));
    const path = `/members/${owner.memberId}/second-factor`;
    const refused = await world.call('DELETE', path, { cookie: await cookieFor(admin) });
    expect(refusal(refused)).toEqual([403, 'account.owner-only']);
    expect((await signIn(owner)).json().verify.methods).toEqual(['totp', 'recovery-code']);
    const other = await cookieFor(await world.hire('owner'));
    expect((await world.call('DELETE', path, { cookie: other })).statusCode).toBe(204);
  });

  it('F-0201 P-1006 an invitation dies with the right of who sent it; an owner is invited by owners only', async () => {
    const [owner, admin, guest] = [await world.hire('owner'), await world.hire('admin'), await world.hire()];
    const [boss, cookie] = [await cookieFor(owner), await cookieFor(admin)];
    const asOwner = { email: 'mine@alpha.example', role: 'owner' };
    expect(refusal(await world.call('POST', '/invitations', { cookie, payload: asOwner }))).toEqual([
      403,
      'account.owner-only',
    ]);
    const payload = { email: 'back@alpha.example', role: 'admin' };
    const { url } = (await world.call('POST', '/invitations', { cookie, payload })).json();
    const { items } = (await world.call('GET', '/members?limit=100', { cookie: boss })).json();
    const { version } = items.find(({ id }: { id: string }) => id === admin.memberId);
    const left = await world.call('POST', `/members/${admin.memberId}/disable`, { cookie: boss, payload: { version } });
    expect(left.statusCode).toBe(200);
    const token = new URL(url).hash.slice('#token='.length);
    const known = { identifier: guest.email, password: PASSWORD, name: 'Back' };
    const accepted = await world.call('POST', '/invitations/accept', { payload: { token, known } });
    expect(refusal(accepted)).toEqual([404, 'account.invitation-not-found']);
  });

  it('F-0113 a frozen login joins nothing', async () => {
    const [owner, guest] = [await world.hire('owner'), await world.hire('agent', { tenantId: world.stage.tenants[1] })];
    const payload = { email: guest.email, role: 'agent' };
    const made = await world.call('POST', '/invitations', { cookie: await cookieFor(owner), payload });
    const token = new URL(made.json().url).hash.slice('#token='.length);
    const cookie = await cookieFor(guest);
    expect((await world.call('POST', '/me/leak-report', { cookie })).statusCode).toBe(204);
    const known = { identifier: guest.email, password: PASSWORD, name: 'Guest' };
    const refused = await world.call('POST', '/invitations/accept', { payload: { token, known } });
    expect(refusal(refused)).toEqual([403, 'account.frozen']);
    expect((await world.call('POST', '/invitations/look', { payload: { token } })).statusCode).toBe(200);
  });

  it('F-0209 P-0211 a ticket opens only workspaces of its login, skips no step, and dies with the password', async () => {
    const person = await world.hire();
    const { accounts } = world.auth;
    const [here, there] = world.stage.tenants;
    await accounts.createMember({ tenantId: there, loginId: person.loginId, role: 'agent', displayName: 'Both' });
    const { ticket, choices } = (await signIn(person)).json();
    expect(choices).toHaveLength(2);
    const verify = (payload: object) => world.call('POST', '/sign-in/verify', { payload });
    expect(refusal(await verify({ ticket, tenantId: await world.auth.platform.id() }))).toEqual([
      403,
      'account.no-workspace',
    ]);
    expect(refusal(await verify({ ticket, tenantId: newId() }))).toEqual([403, 'account.no-workspace']);
    const cookie = cookieOf(await verify({ ticket, tenantId: here }));
    await enrol(cookie);
    const asked = (await signIn(person)).json().verify.ticket;
    expect(refusal(await verify({ ticket: asked, tenantId: here }))).toEqual([422, 'account.second-step-required']);
    // Going elsewhere asks for the second factor again: a stolen cookie opens one workspace, not all.
    const gone = await world.call('POST', '/workspaces/switch', { cookie, payload: { tenantId: there } });
    expect([gone.json().verify.methods, gone.headers['set-cookie']]).toEqual([['totp', 'recovery-code'], undefined]);
    await accounts.setPassword(person.email, `${PASSWORD}-2`);
    expect(refusal(await verify({ ticket, tenantId: here }))).toEqual([401, 'account.ticket-invalid']);
    expect(refusal(await verify({ ticket: `${asked}A`, tenantId: here }))).toEqual([401, 'account.ticket-invalid']);
  });

  it('F-0209 P-1008 who goes to another workspace while a step is open owes it there as well', async () => {
    const person = await world.hire();
    const { accounts, resets } = world.auth;
    const [here, there] = world.stage.tenants;
    const owner = await world.hire('owner');
    const by = { memberId: owner.memberId, role: 'owner' };
    const made = await resets.makeByAdmin({ tenantId: here, by, memberId: person.memberId, correlationId: 'test' });
    const token = new URL(made.url).hash.slice('#token='.length);
    expect((await world.call('POST', '/resets/use', { payload: { token, password: PASSWORD } })).statusCode).toBe(204);
    await accounts.createMember({ tenantId: there, loginId: person.loginId, role: 'owner', displayName: 'Both' });
    const inHere = await signIn(person, PASSWORD, {
      payload: { identifier: person.email, password: PASSWORD, tenantId: here },
    });
    expect(inHere.json().pending).toEqual(['password']);
    const gone = await world.call('POST', '/workspaces/switch', {
      ...{ cookie: cookieOf(inHere), address: `203.0.113.${home}`, payload: { tenantId: there } },
    });
    expect(gone.json().pending).toEqual(['member-notice', 'password']);
    const members = await world.call('GET', '/members', { cookie: cookieOf(gone) });
    expect(members.statusCode).toBe(403);
    expect((await world.call('GET', '/me', { cookie: cookieOf(inHere) })).statusCode).toBe(401);
  });
});
