import { createAuth } from '@libs/auth';
import { ManualClock } from '@libs/kernel';
import { authPorts } from '@libs/platform';
import { runInTenant } from '@libs/tenancy';
import { describeColumns, openTestPlatform, type TestPlatform } from '@libs/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openSmsCounterpart, type SmsCounterpart } from '../../../outgoing/src/testing/sms-counterpart.js';
import { openSmtpCounterpart, type SmtpCounterpart } from '../../../outgoing/src/testing/smtp-counterpart.js';
import type { Auth } from '../auth.module.js';

const PASSWORD = 'plum-Kettle-91-harbour';
const FRESH = 'velvet_Anchor_27_mill';
const MINUTE = 60_000;

describeColumns('codes and links on $column', (column) => {
  const clock = new ManualClock(Date.now());
  let sms: SmsCounterpart;
  let smtp: SmtpCounterpart;
  let world: TestPlatform;
  let auth: Auth;
  let count = 0;

  const platformId = () => auth.platform.id();
  const rows = async (sql: string) => {
    const tenantId = await platformId();
    return runInTenant({ tenantId, actor: { kind: 'system', id: 'test' }, correlationId: 'test' }, async () =>
      world.platform.database.reader.all(sql, [tenantId]),
    );
  };
  /** A login with an address and a number that were shown to be its owner's, and a member of the first workspace. */
  const person = async (role: 'owner' | 'admin' | 'agent' = 'agent') => {
    count++;
    const [email, mobile] = [`p${count}@alpha.example`, `+86138${String(10_000_000 + count)}`];
    const { loginId } = await auth.accounts.createLogin({ email, mobile, password: PASSWORD });
    const tenantId = await platformId();
    await world.platform.work.upkeep(
      async (tx) =>
        tx.run('UPDATE auth_login SET mobile_verified_at = 1, email_verified_at = 1 WHERE tenant_id = ? AND id = ?', [
          tenantId,
          loginId,
        ]),
      new Set([tenantId]),
    );
    const member = { tenantId: world.tenants[0], loginId, role, displayName: `P ${count}` } as const;
    return { email, mobile, loginId, ...(await auth.accounts.createMember(member)) };
  };
  const ask = (mobile: string, use: 'sign-in' | 'sign-up' = 'sign-in', address = `192.0.2.${count % 250}`) =>
    auth.codes.send({ use, mobile, address, correlationId: 'test' });
  const lastCode = async () => {
    await auth.background.settled();
    return sms.sent.at(-1)!.code;
  };
  const signIn = (mobile: string, code: string) =>
    auth.codeSignIn.signIn({ mobile, code, address: `198.51.100.${count % 250}`, correlationId: 'test' });
  const refusal = (work: Promise<unknown>) => work.then(() => undefined).catch((error: unknown) => error);
  const tokenOf = (text: string) => /#token=([A-Za-z0-9_-]{43})/.exec(text)![1]!;
  const use = (token: string, password = FRESH) => auth.resetUse.use({ token, password, correlationId: 'test' });
  const wrongOf = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

  beforeAll(async () => {
    sms = await openSmsCounterpart();
    smtp = await openSmtpCounterpart();
    world = await openTestPlatform({
      ...{ column, clock },
      env: {
        CUSTODIA_SMS_URL: `http://${sms.keyId}:${sms.keySecret}@127.0.0.1:${sms.port}`,
        CUSTODIA_SMS_SIGN_NAME: 'Custodia',
        CUSTODIA_SMS_TEMPLATE: 'SMS_1',
        CUSTODIA_SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
        CUSTODIA_MAIL_FROM: 'Custodia <no-reply@custodia.example>',
        CUSTODIA_LOCAL_DESTINATIONS: `127.0.0.1:${sms.port},127.0.0.1:${smtp.port}`,
      },
    });
    auth = createAuth(authPorts(world.platform));
  });
  beforeEach(() => clock.advance(61 * MINUTE));
  afterAll(async () => {
    await auth?.background.settled();
    await world?.close();
    await sms.close();
    await smtp.close();
  });

  it('F-0106 a code opens a session once; of two at the same time one wins', async () => {
    const { mobile, memberId } = await person();
    await ask(mobile);
    const code = await lastCode();
    expect(code).toMatch(/^\d{6}$/);
    const both = await Promise.allSettled([signIn(mobile, code), signIn(mobile.slice(3), code)]);
    const right = both.filter((one) => one.status === 'fulfilled');
    expect(right).toHaveLength(1);
    const lost = both.find((one) => one.status === 'rejected');
    expect(lost?.reason).toMatchObject({ code: 'account.code-expired', status: 401 });
    expect(right[0]?.value).toMatchObject({ kind: 'signed-in', session: { memberId } });
  });

  it('F-0102 a code lives five minutes, five tries, and dies with the next one', async () => {
    const { mobile } = await person();
    await ask(mobile);
    const first = await lastCode();
    clock.advance(5 * MINUTE);
    expect(await refusal(signIn(mobile, first))).toMatchObject({ code: 'account.code-expired' });
    await ask(mobile);
    const second = await lastCode();
    clock.advance(MINUTE);
    await ask(mobile);
    const third = await lastCode();
    if (second !== third) expect(await refusal(signIn(mobile, second))).toMatchObject({ code: 'account.code-wrong' });
    for (let n = second === third ? 0 : 1; n < 5; n++) {
      expect(await refusal(signIn(mobile, wrongOf(third)))).toMatchObject({ code: 'account.code-wrong', status: 401 });
    }
    expect(await refusal(signIn(mobile, third))).toMatchObject({ code: 'account.code-expired' });
  });

  it('F-0102 sixty seconds between two, five an hour; also where nobody has the number, and two at once are one', async () => {
    for (const mobile of [(await person()).mobile, '+8613900000001']) {
      // Hours are counted by the clock on the wall: five minutes must not lie in two of them.
      clock.advance(60 * MINUTE - (clock.now() % (60 * MINUTE)));
      const both = await Promise.allSettled([ask(mobile), ask(mobile)]);
      expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
      expect(await refusal(ask(mobile))).toMatchObject({ code: 'account.code-too-soon', status: 429 });
      for (let n = 1; n < 5; n++) {
        clock.advance(MINUTE);
        await ask(mobile);
      }
      clock.advance(MINUTE);
      expect(await refusal(ask(mobile))).toMatchObject({ code: 'account.code-limit', status: 429 });
      clock.advance(61 * MINUTE);
    }
  });

  it('F-0107 P-1012 who knows a number keeps its owner from no new place; who has the password gets no more codes', async () => {
    const { mobile, email } = await person();
    const from = (address: string) =>
      auth.signIn.signIn({ identifier: email, password: PASSWORD, address, correlationId: 'test' });
    await from('192.0.2.77');
    clock.advance(60 * MINUTE - (clock.now() % (60 * MINUTE)));
    for (let n = 0; n < 5; n++) {
      if (n > 0) clock.advance(MINUTE);
      await ask(mobile, n % 2 === 0 ? 'sign-in' : 'sign-up');
    }
    expect(await refusal(ask(mobile))).toMatchObject({ status: 429 });
    // A stranger's code went out this very moment, and all of the hour are used up.
    expect(await from('198.51.100.7')).toMatchObject({ kind: 'verify', methods: ['sms'] });
    const code = await lastCode();
    const verify = (ticket: string, typed: string) =>
      auth.signIn.verify({ ticket, method: 'sms', code: typed, address: '198.51.100.7', correlationId: 'test' });
    const again = await from('198.51.100.7');
    if (again.kind !== 'verify') throw new Error('expected a step');
    expect(await lastCode()).toBe(code);
    expect(await verify(again.ticket, code)).toMatchObject({ kind: 'signed-in' });
    // It was taken: there is none to be asked for until the next may be sent.
    expect(await refusal(from('203.0.113.7'))).toMatchObject({ code: 'account.code-too-soon', status: 429 });
    for (let n = 1; n < 5; n++) {
      clock.advance(MINUTE);
      expect(await from('203.0.113.7')).toMatchObject({ kind: 'verify', methods: ['sms'] });
    }
    clock.advance(6 * MINUTE);
    for (const address of ['203.0.113.7', '203.0.113.200']) {
      expect(await refusal(from(address))).toMatchObject({ code: 'account.code-limit', status: 429 });
    }
  });

  it('F-0106 nobody learns who has an account: one answer, one journal, nothing sent to strangers', async () => {
    const { mobile } = await person();
    const stranger = '+8613900000002';
    await auth.background.settled();
    const before = sms.sent.length;
    const [known, unknown] = [await ask(mobile), await ask(stranger)];
    expect(unknown).toEqual(known);
    await auth.background.settled();
    expect(sms.sent.slice(before).map((one) => one.mobile)).toEqual([mobile.slice(3)]);
    const wrong = wrongOf(await lastCode());
    expect(await refusal(signIn(stranger, wrong))).toEqual(await refusal(signIn(mobile, wrong)));
    expect(await refusal(signIn('+8613900000003', wrong))).toMatchObject({ code: 'account.code-expired', status: 401 });
  });

  it('a clock that is wrong by ten minutes lets no code live longer and holds nobody up', async () => {
    const { mobile } = await person();
    clock.advance(10 * MINUTE);
    await ask(mobile);
    const ahead = await lastCode();
    clock.advance(-10 * MINUTE);
    expect(await refusal(signIn(mobile, ahead))).toMatchObject({ code: 'account.code-expired' });
    await ask(mobile);
    expect(await signIn(mobile, await lastCode())).toMatchObject({ kind: 'signed-in' });
    const { url } = await auth.resets.makeOnConsole(`p${count}@alpha.example`);
    clock.advance(-10 * MINUTE);
    expect(await refusal(use(tokenOf(url)))).toMatchObject({ code: 'account.reset-invalid' });
    clock.advance(10 * MINUTE);
  });

  it('P-1002 neither number, code nor token lies anywhere in plain, and the log names nobody', async () => {
    const { mobile, email } = await person();
    await ask(mobile);
    const code = await lastCode();
    const token = tokenOf((await auth.resets.makeOnConsole(email)).url);
    const tables = ['auth_code', 'auth_reset', 'auth_request_count', 'event_journal'];
    const found = await Promise.all(tables.map((table) => rows(`SELECT * FROM ${table} WHERE tenant_id = ?`)));
    const stored = found.flat().flatMap((row) => Object.values(row).map(String));
    expect(stored).not.toContain(code);
    for (const marker of [mobile, mobile.slice(3), token, email]) {
      expect(stored.join('\n')).not.toContain(marker);
      expect(world.lines.join('\n')).not.toContain(marker);
    }
    expect(stored).toContain('outgoing.disclosed.v1');
  });

  it('F-0112 a link by mail sets the password once, ends all sessions and lifts a freeze', async () => {
    const { email, mobile, loginId } = await person();
    await ask(mobile);
    const session = await signIn(mobile, await lastCode());
    if (session.kind !== 'signed-in') throw new Error('expected a session');
    const tenantId = await platformId();
    await world.platform.work.upkeep(
      async (tx) =>
        tx.run("UPDATE auth_login SET state = 'frozen' WHERE tenant_id = ? AND id = ?", [tenantId, loginId]),
      new Set([tenantId]),
    );
    auth.resets.request({ identifier: email.toUpperCase(), address: '192.0.2.9', correlationId: 'test' });
    await auth.background.settled();
    const letter = smtp.received.findLast(({ text }) => text.includes('#token='))!;
    expect(letter.to).toEqual([email]);
    const token = tokenOf(letter.text);
    expect(await refusal(use(token, 'password1234'))).toMatchObject({ code: 'account.password-weak' });
    const both = await Promise.allSettled([use(token), use(token)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await refusal(use(token))).toMatchObject({ code: 'account.reset-invalid', status: 422 });
    expect(await auth.sessions.find(session.cookie)).toBeNull();
    const again = { identifier: email, password: FRESH, address: '192.0.2.8', correlationId: 'test' };
    // From a new place, so a code is asked for besides; a frozen or unknown login would not get that far.
    expect(await auth.signIn.signIn(again)).toMatchObject({ kind: 'verify', methods: ['sms'] });
  });

  it('F-0112 a link lives half an hour; the newest holds; strangers and too many get no letter', async () => {
    const { email } = await person();
    const old = tokenOf((await auth.resets.makeOnConsole(email)).url);
    const fresh = tokenOf((await auth.resets.makeOnConsole(email)).url);
    expect(await refusal(use(old))).toMatchObject({ code: 'account.reset-invalid' });
    clock.advance(30 * MINUTE);
    expect(await refusal(use(fresh))).toMatchObject({ code: 'account.reset-invalid' });
    clock.advance(31 * MINUTE);
    const before = smtp.received.length;
    for (let n = 0; n < 5; n++) {
      auth.resets.request({ identifier: email, address: '192.0.2.9', correlationId: 'test' });
      auth.resets.request({ identifier: 'nobody@alpha.example', address: '192.0.2.9', correlationId: 'test' });
      await auth.background.settled();
    }
    expect(smtp.received.length - before).toBe(3);
  });

  it('F-0112 P-1012 one address that is turned away uses up nothing of what everybody shares', async () => {
    const { email } = await person();
    clock.advance(60 * MINUTE - (clock.now() % (60 * MINUTE)));
    const sum = 'SELECT SUM(used) AS n FROM auth_request_count WHERE tenant_id = ?';
    const used = async () => Number((await rows(`${sum} AND since = ${clock.now()}`))[0]?.n ?? 0);
    const counts: number[] = [];
    for (let n = 0; n < 30; n++) {
      auth.resets.request({ identifier: 'nobody@alpha.example', address: '192.0.2.90', correlationId: 'test' });
      await auth.background.settled();
      counts.push(await used());
    }
    expect(counts.at(-1)).toBe(counts[19]);
    const before = smtp.received.length;
    auth.resets.request({ identifier: email, address: '192.0.2.91', correlationId: 'test' });
    await auth.background.settled();
    expect(smtp.received.length - before).toBe(1);
  });

  it('F-0112 P-0211 an admin resets only who works nowhere else, no owner, not oneself; the password is then owed', async () => {
    const [admin, agent, owner] = [await person('admin'), await person(), await person('owner')];
    const [a, b] = world.tenants;
    const make = (memberId: string, tenantId = a) =>
      auth.resets.makeByAdmin({
        ...{ tenantId, memberId, correlationId: 'test' },
        by: { memberId: admin.memberId, role: 'admin' },
      });
    expect(await refusal(make(admin.memberId))).toMatchObject({ code: 'account.reset-own', status: 409 });
    expect(await refusal(make(owner.memberId))).toMatchObject({ code: 'account.reset-owner', status: 403 });
    expect(await refusal(make(agent.memberId, b))).toMatchObject({ code: 'account.member-not-found', status: 404 });
    const first = await make(agent.memberId);
    await use(tokenOf(first.url));
    const owed = `SELECT id FROM auth_login WHERE tenant_id = ? AND id = '${agent.loginId}' AND secret_shared_at > 0`;
    expect(await rows(owed)).toHaveLength(1);
    await auth.accounts.setPassword(agent.email, PASSWORD);
    expect(await rows(owed)).toHaveLength(0);
    const second = await make(agent.memberId);
    await auth.accounts.createMember({ tenantId: b, loginId: agent.loginId, role: 'agent', displayName: 'Elsewhere' });
    expect(await refusal(use(tokenOf(second.url)))).toMatchObject({ code: 'account.reset-invalid' });
    expect(await refusal(make(agent.memberId))).toMatchObject({ code: 'account.reset-elsewhere', status: 409 });
  });

  it('P-1307 what has ended goes, and a person who is erased takes codes and links along', async () => {
    const { mobile, email } = await person();
    await ask(mobile);
    await auth.resets.makeOnConsole(email);
    world.platform.upkeep.erasers.add(auth.eraser);
    const login = await auth.accounts.findLogin(email);
    const mine = async (table: string) =>
      rows(`SELECT * FROM ${table} WHERE tenant_id = ? AND subject_id = '${login!.subjectId}'`);
    expect([(await mine('auth_code')).length, (await mine('auth_reset')).length]).toEqual([1, 1]);
    await world.platform.upkeep.destruction.destroySubject(await platformId(), login!.subjectId);
    expect([await mine('auth_code'), await mine('auth_reset')]).toEqual([[], []]);
    clock.advance(25 * 60 * MINUTE);
    await world.platform.upkeep.work();
    for (const table of ['auth_code', 'auth_reset', 'auth_request_count']) {
      expect(await rows(`SELECT * FROM ${table} WHERE tenant_id = ?`)).toEqual([]);
    }
  });
});
