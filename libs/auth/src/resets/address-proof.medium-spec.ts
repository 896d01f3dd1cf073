import { createAuth } from '@libs/auth';
import { ManualClock } from '@libs/kernel';
import { authPorts } from '@libs/platform';
import { runInTenant } from '@libs/tenancy';
import { describeColumns, openTestPlatform, type TestPlatform } from '@libs/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openSmsCounterpart, type SmsCounterpart } from '../../../outgoing/src/testing/sms-counterpart.js';
import { openSmtpCounterpart, type SmtpCounterpart } from '../../../outgoing/src/testing/smtp-counterpart.js';
import type { Auth } from '../auth.module.js';
import { stepAt, totpOf } from '../second-factor/totp.js';
import { agreementTexts } from '../sign-up/agreement-texts.js';

const PASSWORD = 'plum-Kettle-91-harbour';
const FRESH = 'velvet_Anchor_27_mill';
const AGREED = { privacyPolicy: true, processingTerms: true, adult: true, shown: agreementTexts('en').hash };

describeColumns('whose address it is on $column', (column) => {
  const clock = new ManualClock(Date.now());
  let sms: SmsCounterpart;
  let smtp: SmtpCounterpart;
  let world: TestPlatform;
  let auth: Auth;
  let count = 0;
  let admin: { memberId: string };

  const place = () => ({ address: `192.0.2.${count % 250}`, correlationId: 'test' });
  const refusal = (work: Promise<unknown>) => work.then(() => undefined).catch((error: unknown) => error);
  const loginOf = async (email: string) => {
    const tenantId = await auth.platform.id();
    const { id } = (await auth.accounts.findLogin(email))!;
    const [row] = await runInTenant(
      { tenantId, actor: { kind: 'system', id: 'test' }, correlationId: 'test' },
      async () =>
        world.platform.database.reader.all('SELECT * FROM auth_login WHERE tenant_id = ? AND id = ?', [tenantId, id]),
    );
    return row!;
  };
  const codeTo = async (mobile: string, use: 'sign-in' | 'sign-up') => {
    await auth.codes.send({ use, mobile, ...place() });
    await auth.background.settled();
    const message = sms.sent.findLast((one) => mobile.endsWith(one.mobile));
    return message?.code ?? '000000';
  };
  /** Somebody signs up with an address that need not be theirs, and a number that is. */
  const signUp = async () => {
    count++;
    const [email, mobile] = [`p${count}@corp.example`, `+86138${String(10_000_000 + count)}`];
    const workspace = { kind: 'sole-trader', name: `W ${count}` } as const;
    const owner = { name: `P ${count}`, email, mobile, password: PASSWORD };
    const code = await codeTo(mobile, 'sign-up');
    const signedIn = await auth.signUp.signUp({ workspace, owner, code, agreements: AGREED }, place());
    if (signedIn.kind !== 'signed-in') throw new Error('expected a session');
    return { email, mobile, cookie: signedIn.cookie };
  };
  const letterTo = async (email: string, pattern: RegExp) => {
    await auth.background.settled();
    const text = smtp.received.findLast(({ to, text }) => to.includes(email) && pattern.test(text))?.text;
    return text === undefined ? undefined : pattern.exec(text)![1];
  };
  const resetByMail = async (email: string, password = FRESH) => {
    auth.resets.request({ identifier: email, ...place() });
    const token = await letterTo(email, /reset-password#token=([\w-]+)/);
    await auth.resetUse.use({ token: token!, password, correlationId: 'test' });
  };
  const enrol = async (email: string) => {
    const login = (await auth.accounts.findLogin(email))!;
    const change = { login, actor: { kind: 'system', id: 'test' }, correlationId: 'test' } as const;
    const { secret } = await auth.factors.offer(change);
    await auth.factors.confirm(change, totpOf(bytesOf(secret), stepAt(clock.now())));
    return login;
  };
  const invite = (email: string) =>
    auth.sending.invite(
      { tenantId: world.tenants[0], memberId: admin.memberId, correlationId: 'test' },
      { email, role: 'agent' },
    );
  const mailedInvitation = (email: string) => letterTo(email, /invitations#token=([\w.-]+)/);
  const clearedLetters = (email: string) =>
    smtp.received.filter(
      ({ to, text }) => to.includes(email) && /Nobody had confirmed/.test(text.replace(/\s+/g, ' ')),
    );

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
    const { loginId } = await auth.accounts.createLogin({ email: 'admin@corp.example', password: PASSWORD });
    const member = { tenantId: world.tenants[0], loginId, role: 'admin', displayName: 'Admin' } as const;
    admin = await auth.accounts.createMember(member);
  });
  beforeEach(() => clock.advance(61 * 60_000));
  afterAll(async () => {
    await auth?.background.settled();
    await world?.close();
    await sms.close();
    await smtp.close();
  });

  it('F-0112 P-1012 who took a colleague’s address is shaken off by the colleague’s reset by mail', async () => {
    const { email, mobile, cookie } = await signUp();
    const login = await enrol(email);
    await invite(email);
    await resetByMail(email);
    await auth.background.settled();
    expect(await auth.sessions.find(cookie)).toBeNull();
    expect(await auth.factors.isEnrolled(login.id)).toBe(false);
    expect(await auth.places.look(login.id, place())).toMatchObject({ any: false });
    expect(await loginOf(email)).toMatchObject({ mobile_verified_at: null });
    expect(Number((await loginOf(email)).email_verified_at)).toBe(clock.now());
    expect(clearedLetters(email)).toHaveLength(1);
    const token = (await mailedInvitation(email))!;
    const known = { identifier: email, password: FRESH, name: 'Colleague' };
    expect(await auth.joining.join({ token, known }, place())).toMatchObject({ kind: 'signed-in' });
    // The stranger’s own number opens nothing any more.
    clock.advance(61_000);
    const code = await codeTo(mobile, 'sign-in');
    expect(await refusal(auth.codeSignIn.signIn({ mobile, code, ...place() }))).toMatchObject({ status: 401 });
    expect(await refusal(auth.signIn.signIn({ identifier: email, password: PASSWORD, ...place() }))).toMatchObject({
      code: 'account.credentials-invalid',
    });
  });

  it('F-0112 P-1008 once the address is proven, a reset by mail leaves number and second factor', async () => {
    const { email } = await signUp();
    await resetByMail(email);
    const tenantId = await auth.platform.id();
    const { id, subject_id: subjectId } = await loginOf(email);
    await world.platform.work.upkeep(
      async (tx) =>
        tx.run('UPDATE auth_login SET mobile_verified_at = 1 WHERE tenant_id = ? AND id = ?', [tenantId, String(id)]),
      new Set([tenantId]),
    );
    await enrol(email);
    clock.advance(61 * 60_000);
    await resetByMail(email, PASSWORD);
    expect(await auth.factors.isEnrolled(String(id))).toBe(true);
    expect(Number((await loginOf(email)).mobile_verified_at)).toBe(1);
    expect(String(subjectId)).not.toBe('');
  });

  it('F-0201 accepting from the letter proves the address; from the inviter’s link it does not', async () => {
    for (const from of ['letter', 'inviter'] as const) {
      for (const who of ['fresh', 'known'] as const) {
        const { email, mobile } =
          who === 'known'
            ? await signUp()
            : { email: `n${++count}@corp.example`, mobile: `+86137${String(10_000_000 + count)}` };
        const { url } = await invite(email);
        const token = from === 'letter' ? (await mailedInvitation(email))! : url.split('token=')[1]!;
        clock.advance(61 * 60_000);
        const fresh = { name: 'N', mobile, password: PASSWORD, agreements: AGREED };
        const known = { name: 'N', identifier: email, password: PASSWORD };
        const wish = who === 'known' ? { known } : { fresh: { ...fresh, code: await codeTo(mobile, 'sign-up') } };
        await auth.joining.join({ token, ...wish }, place());
        const proven = (await loginOf(email)).email_verified_at !== null;
        expect([from, who, proven]).toEqual([from, who, from === 'letter']);
      }
    }
  });

  it('F-0201 a made-up proof is no proof, and a letter of another address proves none', async () => {
    const { email } = await signUp();
    const other = `n${++count}@corp.example`;
    await invite(other);
    const known = { name: 'N', identifier: email, password: PASSWORD };
    await auth.joining.join({ token: (await mailedInvitation(other))!, known }, place());
    expect((await loginOf(email)).email_verified_at).toBeNull();
    const { email: third } = await signUp();
    const token = `${(await invite(third)).url.split('token=')[1]}.${'a'.repeat(34)}`;
    await auth.joining.join({ token, known: { ...known, identifier: third } }, place());
    expect((await loginOf(third)).email_verified_at).toBeNull();
  });

  it('F-0112 P-0211 an admin’s link takes the proof back: the next reset by mail shakes off who used it first', async () => {
    const { email } = await signUp();
    await resetByMail(email);
    const { url } = await auth.resets.makeOnConsole(email);
    const token = /#token=([\w-]+)/.exec(url)![1]!;
    const tenantId = await auth.platform.id();
    await world.platform.work.upkeep(
      async (tx) =>
        tx.run("UPDATE auth_reset SET made_by = 'admin' WHERE tenant_id = ? AND used_at IS NULL", [tenantId]),
      new Set([tenantId]),
    );
    await auth.resetUse.use({ token, password: PASSWORD, correlationId: 'test' });
    expect((await loginOf(email)).email_verified_at).toBeNull();
  });
});

/** What an app reads from the letters of RFC 4648. */
function bytesOf(base32: string): Buffer {
  const bits = [...base32].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  return Buffer.from(
    bits
      .join('')
      .match(/.{8}/g)!
      .map((byte) => Number.parseInt(byte, 2)),
  );
}
