import { agreementTexts } from '@libs/auth';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openSmtpCounterpart, type SmtpCounterpart } from '../../../../libs/outgoing/src/testing/smtp-counterpart.js';
import { type AccountWorld, cookieOf, openAccountWorld, PASSWORD } from '../account-world.fixture.js';

const AGREED = { privacyPolicy: true, processingTerms: true, adult: true, shown: agreementTexts('zh-CN').hash };
let count = 0;

function signUp(world: AccountWorld, email: string) {
  const owner = { name: '许晴川', email, mobile: `+86138${String(30_000_000 + ++count)}`, password: PASSWORD };
  const payload = { workspace: { kind: 'sole-trader', name: 'Shop' }, owner, agreements: AGREED };
  return world.call('POST', '/sign-up', { payload, address: `192.0.2.${count}` });
}

describeColumns('whether the address of a new account is its owner’s on $column', (column) => {
  let smtp: SmtpCounterpart;
  let world: AccountWorld;
  let email: string;
  let cookie: string;

  const lettersTo = async (to: string, least: number) => {
    const found = () => smtp.received.filter((one) => one.to.includes(to)).map(({ text }) => text);
    await expect.poll(() => found().length, { timeout: 20_000 }).toBeGreaterThanOrEqual(least);
    return found();
  };
  const linkIn = (letter: string | undefined) => /confirm-email#token=([\w-]+)/.exec(letter ?? '')?.[1] ?? '';
  const ask = (as = cookie) => world.call('POST', '/me/email-proof', { cookie: as });
  const confirm = (token: string, password = PASSWORD) =>
    world.call('POST', '/email-confirmations', { payload: { token, password } });
  const verifiedAt = async () => (await world.call('GET', '/me/profile', { cookie })).json().emailVerifiedAt;

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
    email = `new${count}@corp.example`;
    cookie = cookieOf(await signUp(world, email));
  });
  afterAll(async () => {
    await world?.close();
    await smtp?.close();
  });

  it('F-0101 F-0103 signing up sends one letter; its link with the password proves the address and ends no session', async () => {
    const [letter, ...more] = await lettersTo(email, 1);
    expect([more, await verifiedAt()]).toEqual([[], null]);
    const wrong = await confirm(linkIn(letter), 'not-the-password');
    expect([wrong.statusCode, wrong.json().code]).toEqual([403, 'account.proof-failed']);
    expect(await verifiedAt()).toBeNull();
    // On the next day, before the link's end.
    world.clock.advance(11 * 60 * 60_000);
    expect((await confirm(linkIn(letter))).statusCode).toBe(204);
    expect(await verifiedAt()).toBe(world.clock.now());
  });

  it('F-0114 the letter can be asked for again, so often and no more; a link dies after a day', async () => {
    await lettersTo(email, 1);
    const answers = [await ask(), await ask(), await ask()];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([202, 202, 429]);
    expect(answers[2]!.json()).toMatchObject({ code: 'account.letter-limit' });
    expect(answers[2]!.json().details.retryAfterMs).toBeGreaterThan(0);
    const letters = await lettersTo(email, 3);
    expect(letters).toHaveLength(3);
    world.clock.advance(24 * 60 * 60_000);
    const late = await confirm(linkIn(letters[0]));
    expect([late.statusCode, late.json().code]).toEqual([422, 'account.email-link-invalid']);
  });

  it('F-0114 a proven address gets the same answer and no letter', async () => {
    const [letter] = await lettersTo(email, 1);
    const before = await ask();
    const [, again] = await lettersTo(email, 2);
    expect((await confirm(linkIn(again ?? letter))).statusCode).toBe(204);
    const after = await ask();
    expect([after.statusCode, after.body]).toEqual([before.statusCode, before.body]);
    // A letter that was asked for later has come: one before it would have, too.
    const next = `after${count}@corp.example`;
    await signUp(world, next);
    await lettersTo(next, 1);
    expect(await lettersTo(email, 2)).toHaveLength(2);
  });

  it('F-0114 nobody asks for it without a session', async () => {
    expect((await world.call('POST', '/me/email-proof')).statusCode).toBe(401);
  });
});

describeColumns('where no letters can be sent on $column', (column) => {
  it('F-0101 nothing is promised: signing up goes on, and asking for a letter is refused by name', async () => {
    const world = await openAccountWorld(column);
    try {
      const answer = await signUp(world, 'without@corp.example');
      expect(answer.statusCode).toBe(200);
      const asked = await world.call('POST', '/me/email-proof', { cookie: cookieOf(answer) });
      expect([asked.statusCode, asked.json().code]).toEqual([409, 'account.mail-not-available']);
      expect((await world.call('GET', '/options')).json()).toMatchObject({ mail: false });
    } finally {
      await world.close();
    }
  });
});
