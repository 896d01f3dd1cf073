import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { cookieOf, PASSWORD } from '../../apps/account/src/account-world.fixture.js';
import { codeOf } from '../world/authenticator-app.js';
import { type MessagesWorld, openMessagesWorld, type Person } from './messages-world.js';

const FRESH = 'velvet_Anchor_27_mill';
const MINUTE = 60_000;
const ELSEWHERE = '198.51.100.7';

describeColumns('what goes out to people of a workspace on $column', (column) => {
  let world: MessagesWorld;
  let home = 0;

  beforeAll(async () => {
    world = await openMessagesWorld(column);
  });
  afterAll(() => world?.close());
  beforeEach(() => {
    world.clock.advance(61 * MINUTE);
    home += 1;
  });

  type Answer = Awaited<ReturnType<MessagesWorld['call']>>;
  const refusal = (answer: Answer) => [answer.statusCode, answer.json().code];
  const usual = () => `203.0.113.${home}`;
  const signIn = ({ email }: Person, more: { address?: string; password?: string } = {}) =>
    world.call('POST', '/sign-in', {
      ...{ address: more.address ?? usual(), agent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/143.0' },
      payload: { identifier: email, password: more.password ?? PASSWORD },
    });
  const tokenOf = (url: string) => new URL(url).hash.slice('#token='.length);
  const use = (token: string, password = FRESH) =>
    world.call('POST', '/resets/use', { payload: { token, password }, address: usual() });
  const resetsTo = (email: string) =>
    world.smtp.received
      .filter(({ to }) => to.includes(email))
      .flatMap(({ text }) => /#token=([A-Za-z0-9_-]{43})/.exec(text)?.[1] ?? []);
  /** The token of a new letter; letters about the account's safety may arrive before it. */
  const resetByMail = async ({ email }: Person): Promise<string> => {
    const before = resetsTo(email).length;
    expect((await world.call('POST', '/resets', { payload: { identifier: email } })).statusCode).toBe(202);
    await expect.poll(() => resetsTo(email).length).toBe(before + 1);
    return resetsTo(email)[before]!;
  };
  const kindsOf = async (cookie: string): Promise<string[]> => {
    const { items } = (await world.call('GET', '/me/sign-ins', { cookie })).json();
    return items.map(({ kind }: { kind: string }) => kind);
  };

  it('F-0107 P-1012 from a new network a code to the own number is asked for, once; the place is known from then on', async () => {
    const person = await world.hire();
    expect((await signIn(person)).statusCode).toBe(200);
    const asked = await signIn(person, { address: ELSEWHERE });
    expect([asked.statusCode, asked.headers['set-cookie']]).toEqual([200, undefined]);
    const { ticket, methods } = asked.json().verify;
    expect(methods).toEqual(['sms']);
    const code = await world.codeTo(person.mobile);
    const verify = (typed: string, method = 'sms') =>
      world.call('POST', '/sign-in/verify', { address: ELSEWHERE, payload: { ticket, method, code: typed } });
    expect((await world.call('POST', '/sign-in/verify', { payload: { ticket } })).json().code).toBe(
      'account.second-step-required',
    );
    expect(refusal(await verify(code, 'totp'))).toEqual([422, 'account.second-step-required']);
    const wrong = await verify(code === '000000' ? '000001' : '000000');
    expect(wrong.json().code).toBe('account.code-wrong');
    const signedIn = await world.call('POST', '/sign-in/verify', {
      ...{ address: ELSEWHERE, agent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/143.0' },
      payload: { ticket, method: 'sms', code },
    });
    expect([signedIn.statusCode, signedIn.json().memberId]).toEqual([200, person.memberId]);
    expect((await verify(code)).json().code).toBe('account.code-expired');
    expect((await signIn(person, { address: ELSEWHERE })).json().memberId).toBe(person.memberId);
    expect(await kindsOf(cookieOf(signedIn))).toEqual(
      expect.arrayContaining(['unusual', 'second-step-failed', 'signed-in']),
    );
  });

  it('F-0107 P-1012 F-0113 P-1008 the owner gets a letter about unusual, locked, frozen and a factor that was taken away', async () => {
    const person = await world.hire('agent', { verified: false });
    const admin = await world.hire('admin');
    expect((await signIn(person)).statusCode).toBe(200);
    const elsewhere = cookieOf(await signIn(person, { address: ELSEWHERE }));
    expect(await world.letters(person.email)).toEqual([expect.stringContaining('from a new network or device')]);
    for (let n = 0; n < 10; n++) await signIn(person, { address: '192.0.2.77', password: 'wrong-wrong-wrong' });
    expect((await world.letters(person.email, 2)).at(-1)).toContain('Somebody tried wrong passwords');
    const offer = await world.call('POST', '/me/second-factor', {
      ...{ cookie: elsewhere, address: ELSEWHERE },
      payload: { proof: { password: PASSWORD } },
    });
    const confirmed = await world.call('POST', '/me/second-factor/confirm', {
      ...{ cookie: elsewhere, payload: { code: codeOf(offer.json().secret, world.clock.now()) } },
    });
    expect(confirmed.statusCode).toBe(200);
    const removed = await world.call('DELETE', `/members/${person.memberId}/second-factor`, {
      cookie: cookieOf(await signIn(admin)),
    });
    // One admin alone is not enough.
    expect(refusal(removed)).toEqual([409, 'account.second-admin-required']);
    const second = await world.hire('owner');
    const byTwo = await world.call('DELETE', `/members/${person.memberId}/second-factor`, {
      cookie: cookieOf(await signIn(second)),
    });
    expect(byTwo.statusCode).toBe(204);
    expect((await world.letters(person.email, 3)).at(-1)).toContain('was taken away');
    const cookie = cookieOf(await signIn(person));
    expect((await world.call('POST', '/me/leak-report', { cookie })).statusCode).toBe(204);
    const letters = await world.letters(person.email, 4);
    expect(letters.at(-1)).toContain('You reported a leak');
    expect(letters).toHaveLength(4);
    for (const { to, raw } of world.smtp.received.filter((one) => one.to.includes(person.email))) {
      expect(to).toEqual([person.email]);
      expect(raw).not.toContain(person.mobile.slice(3));
      expect(raw).not.toContain(ELSEWHERE);
    }
  });

  it('F-0105 mail headers come from nobody’s name: what is put into names, addresses and browsers stays text', async () => {
    const owner = await world.hire('owner');
    const cookie = cookieOf(await signIn(owner));
    const evil = 'Eve\r\nBcc: all@victim.example\r\n\r\nhello';
    const view = (await world.call('GET', '/workspace', { cookie })).json();
    const named = await world.call('PATCH', '/workspace', { cookie, payload: { version: view.version, name: evil } });
    expect(named.statusCode).toBe(422);
    const profile = (await world.call('GET', '/me/profile', { cookie })).json();
    for (const displayName of [evil, 'Eve\u2028Bcc: all@victim.example']) {
      const edited = await world.call('PATCH', '/me/profile', {
        ...{ cookie, payload: { version: profile.version, fields: { displayName } } },
      });
      expect(edited.statusCode).toBe(422);
    }
    for (const email of [
      'a@b.example\r\nBcc: all@victim.example',
      'a@b.example, all@victim.example',
      '<a@b.example>',
    ]) {
      const invited = await world.call('POST', '/invitations', { cookie, payload: { email, role: 'agent' } });
      expect(invited.statusCode).toBe(422);
    }
    // Words that look like a header, but stand in one line.
    const plain = 'Bcc: all@victim.example';
    expect(
      (await world.call('PATCH', '/workspace', { cookie, payload: { version: view.version, name: plain } })).statusCode,
    ).toBe(200);
    const invited = await world.call('POST', '/invitations', {
      ...{ cookie, payload: { email: 'guest@alpha.example', role: 'agent' } },
    });
    expect(invited.json().mailed).toBe(true);
    await world.letters('guest@alpha.example');
    const letter = world.smtp.received.findLast(({ to }) => to.includes('guest@alpha.example'))!;
    expect([letter.to, letter.headers.has('bcc'), letter.headers.get('to')]).toEqual([
      ...[['guest@alpha.example'], false, 'guest@alpha.example'],
    ]);
    expect(letter.text).toContain(plain);
    expect(world.smtp.received.flatMap(({ to }) => to)).not.toContain('all@victim.example');
  });

  it('F-0113 F-0112 a reset lifts a freeze and the person signs in again; the entry says that the password changed', async () => {
    const person = await world.hire('agent', { verified: false });
    const cookie = cookieOf(await signIn(person));
    world.clock.advance(1000);
    expect((await world.call('POST', '/me/leak-report', { cookie })).statusCode).toBe(204);
    expect(refusal(await signIn(person))).toEqual([403, 'account.frozen']);
    expect(refusal(await signIn(person, { password: 'wrong-wrong-wrong' }))).toEqual([
      401,
      'account.credentials-invalid',
    ]);
    const token = await resetByMail(person);
    world.clock.advance(1000);
    expect((await use(token)).statusCode).toBe(204);
    expect(refusal(await signIn(person))).toEqual([401, 'account.credentials-invalid']);
    world.clock.advance(1000);
    const again = await signIn(person, { password: FRESH });
    expect([again.statusCode, again.json().pending]).toEqual([200, undefined]);
    expect((await kindsOf(cookieOf(again))).slice(0, 3)).toEqual(['signed-in', 'password-changed', 'frozen']);
    world.clock.advance(1000);
    const own = await world.call('PUT', '/me/password', {
      ...{ cookie: cookieOf(again), payload: { proof: { password: FRESH }, password: PASSWORD } },
    });
    expect(own.statusCode).toBe(204);
    expect((await kindsOf(cookieOf(again)))[0]).toBe('password-changed');
  });

  it('F-0112 after an admin’s reset the person owes a password of their own before anything else', async () => {
    const [admin, agent] = [await world.hire('admin'), await world.hire('supervisor', { verified: false })];
    const cookie = cookieOf(await signIn(admin));
    const made = await world.call('POST', `/members/${agent.memberId}/reset`, { cookie });
    expect((await use(tokenOf(made.json().url))).statusCode).toBe(204);
    const signedIn = await signIn(agent, { password: FRESH });
    const own = cookieOf(signedIn);
    expect(signedIn.json().pending).toEqual(['password']);
    const asMember = () => world.call('GET', '/members', { cookie: own });
    expect((await asMember()).statusCode).toBe(403);
    const weak = { proof: { password: FRESH }, password: 'password' };
    expect((await world.call('PUT', '/me/password', { cookie: own, payload: weak })).statusCode).toBe(422);
    const mine = { proof: { password: FRESH }, password: PASSWORD };
    expect((await world.call('PUT', '/me/password', { cookie: own, payload: mine })).statusCode).toBe(204);
    expect((await world.call('GET', '/me', { cookie: own })).json().pending).toBeUndefined();
    expect((await signIn(agent)).json().pending).toBeUndefined();
  });

  it('F-0112 P-1006 an admin’s link dies with the admin’s role, and when the person becomes an owner', async () => {
    const [owner, admin, agent] = [await world.hire('owner'), await world.hire('admin'), await world.hire()];
    const boss = cookieOf(await signIn(owner));
    const setRole = async ({ memberId }: Person, role: string): Promise<void> => {
      const { items } = (await world.call('GET', '/members?limit=100', { cookie: boss })).json();
      const { version } = items.find(({ id }: { id: string }) => id === memberId);
      const changed = await world.call('PATCH', `/members/${memberId}`, { cookie: boss, payload: { role, version } });
      expect(changed.statusCode).toBe(200);
    };
    const link = async () => {
      const cookie = cookieOf(await signIn(admin));
      return tokenOf((await world.call('POST', `/members/${agent.memberId}/reset`, { cookie })).json().url);
    };
    const first = await link();
    await setRole(admin, 'agent');
    expect(refusal(await use(first))).toEqual([422, 'account.reset-invalid']);
    await setRole(admin, 'admin');
    const second = await link();
    await setRole(agent, 'owner');
    expect(refusal(await use(second))).toEqual([422, 'account.reset-invalid']);
    await setRole(agent, 'agent');
    const third = await link();
    expect((await use(third)).statusCode).toBe(204);
    expect(refusal(await signIn(agent))).toEqual([401, 'account.credentials-invalid']);
  });
});
