import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openSmtpCounterpart, type SmtpCounterpart } from '../../../../libs/outgoing/src/testing/smtp-counterpart.js';
import { type AccountWorld, cookieOf, openAccountWorld, PASSWORD } from '../account-world.fixture.js';

const NEXT = 'amber-Violin-47-meadow';

describeColumns('a new address by link on $column', (column) => {
  let smtp: SmtpCounterpart;
  let world: AccountWorld;
  let count = 0;
  let email: string;
  let cookie: string;

  const add = async () => {
    const [address, mobile] = [`one${++count}@alpha.example`, `+86139${String(20_000_000 + count)}`];
    const { accounts } = world.auth;
    const { loginId } = await accounts.createLogin({ email: address, mobile, password: PASSWORD });
    const member = { tenantId: world.stage.tenants[0], loginId, role: 'agent', displayName: `One ${count}` } as const;
    await accounts.createMember(member);
    return address;
  };
  const signIn = (identifier: string, password = PASSWORD) =>
    world.call('POST', '/sign-in', { payload: { identifier, password } });
  const ask = (to: string, as = cookie) =>
    world.call('PUT', '/me/email', { cookie: as, payload: { proof: { password: PASSWORD }, email: to } });
  const lettersTo = (to: string) => smtp.received.filter((one) => one.to.includes(to)).map(({ text }) => text);
  /** The letters go out after the answer. */
  const arrived = (to: string, letters: number) =>
    expect.poll(() => lettersTo(to).length, { timeout: 20_000 }).toBe(letters);
  const linkTo = async (to: string): Promise<string> => {
    const has = () => /confirm-email#token=([\w-]+)/.exec(lettersTo(to).at(-1) ?? '')?.[1];
    await expect.poll(has, { timeout: 20_000 }).toBeDefined();
    return has()!;
  };
  const confirm = (token: string, password = PASSWORD) =>
    world.call('POST', '/email-confirmations', { payload: { token, password } });
  const profile = async (as = cookie) => (await world.call('GET', '/me/profile', { cookie: as })).json();

  beforeAll(async () => {
    smtp = await openSmtpCounterpart();
    world = await openAccountWorld(column, {
      CUSTODIA_SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
      CUSTODIA_MAIL_FROM: 'Custodia <no-reply@custodia.example>',
      CUSTODIA_LOCAL_DESTINATIONS: `127.0.0.1:${smtp.port}`,
    });
  });
  beforeEach(async () => {
    world.clock.advance(61 * 60_000);
    email = await add();
    cookie = cookieOf(await signIn(email));
  });
  afterAll(async () => {
    await world?.close();
    await smtp?.close();
  });

  it('F-0112 P-1012 nothing changes before the link is opened with the password; then it is the address, and proven', async () => {
    const other = cookieOf(await signIn(email));
    const next = `new-${email}`;
    expect((await ask(next.toUpperCase())).json()).toEqual({ linkSent: true });
    const token = await linkTo(next);
    expect(await profile()).toMatchObject({ email, emailVerifiedAt: null });
    expect((await signIn(next)).statusCode).toBe(401);
    const wrong = await confirm(token, 'not-the-password');
    expect([wrong.statusCode, wrong.json().code]).toEqual([403, 'account.proof-failed']);
    expect((await confirm(token)).statusCode).toBe(204);
    expect(await profile()).toMatchObject({ email: next, emailVerifiedAt: world.clock.now() });
    expect((await world.call('GET', '/me', { cookie: other })).statusCode).toBe(401);
    expect([(await signIn(email)).statusCode, (await signIn(next)).statusCode]).toEqual([401, 200]);
    await arrived(email, 1);
    const again = await confirm(token);
    expect([again.statusCode, again.json().code]).toEqual([422, 'account.email-link-invalid']);
  });

  it('F-0112 P-1012 one answer for every address: whether it is taken only its owner is told', async () => {
    const bo = await add();
    const answers = [await ask(bo), await ask(`free-${email}`)];
    expect(answers.map(({ statusCode, body }) => [statusCode, body])).toEqual(
      Array(2).fill([200, JSON.stringify({ linkSent: true })]),
    );
    await linkTo(`free-${email}`);
    await arrived(bo, 1);
    expect(lettersTo(bo)[0]).not.toContain('#token=');
  });

  it('F-0112 five a day for one login', async () => {
    const answers = [];
    for (let n = 0; n < 6; n++) answers.push(await ask(`n${n}-${email}`));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(answers.at(-1)!.json().code).toBe('account.change-limit');
  });

  it('F-0112 a link dies after an hour, with a new password, and with another address', async () => {
    const refused = async (token: string, password = PASSWORD) => (await confirm(token, password)).json().code;
    await ask(`late-${email}`);
    const late = await linkTo(`late-${email}`);
    await ask(`other-${email}`);
    const other = await linkTo(`other-${email}`);
    world.clock.advance(60 * 60_000);
    expect(await refused(late)).toBe('account.email-link-invalid');
    cookie = cookieOf(await signIn(email));
    await ask(`a-${email}`);
    const first = await linkTo(`a-${email}`);
    await ask(`b-${email}`);
    expect((await confirm(await linkTo(`b-${email}`))).statusCode).toBe(204);
    expect(await refused(first)).toBe('account.email-link-invalid');
    await ask(`c-${email}`);
    const before = await linkTo(`c-${email}`);
    await world.auth.accounts.setPassword(`b-${email}`, NEXT);
    expect(await refused(before, NEXT)).toBe('account.email-link-invalid');
    expect(await refused(`${other.slice(0, -3)}AAA`)).toBe('account.email-link-invalid');
  });

  it('F-0112 of two logins that ask for one address the first to confirm has it; one’s own is proven and ends nothing', async () => {
    const shared = `shared-${email}`;
    await ask(shared);
    const mine = await linkTo(shared);
    const bo = await add();
    await ask(shared, cookieOf(await signIn(bo)));
    await arrived(shared, 2);
    const theirs = await linkTo(shared);
    expect((await confirm(theirs)).statusCode).toBe(204);
    expect((await confirm(mine)).json().code).toBe('account.email-taken');
    await ask(email);
    expect((await confirm(await linkTo(email))).statusCode).toBe(204);
    expect(await profile()).toMatchObject({ email, emailVerifiedAt: world.clock.now() });
  });
});
