import { loadConfig } from '@libs/config';
import { ManualClock } from '@libs/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openOutgoing } from './open-outgoing.js';
import type { Disclosures } from './ports.js';
import { openSmsCounterpart, type SmsCounterpart } from './testing/sms-counterpart.js';
import { openSmtpCounterpart, type SmtpCounterpart } from './testing/smtp-counterpart.js';

const OCCASION = { tenantId: 'platform', subjectId: 'someone', resource: 'reset:1', correlationId: 'test' };

describe('text messages and mail', () => {
  let sms: SmsCounterpart;
  let smtp: SmtpCounterpart;
  let written: Parameters<Disclosures['record']>[0][];
  const disclosures: Disclosures = {
    record: async (disclosure) => {
      written.push(disclosure);
    },
  };
  const open = (env: Record<string, string>) =>
    openOutgoing({ config: loadConfig(env), disclosures, clock: new ManualClock() });
  const local = () => `127.0.0.1:${sms.port},127.0.0.1:${smtp.port}`;
  const smsEnv = (secret = sms.keySecret) => ({
    CUSTODIA_SMS_URL: `http://${sms.keyId}:${secret}@127.0.0.1:${sms.port}`,
    CUSTODIA_SMS_SIGN_NAME: '客服云',
    CUSTODIA_SMS_TEMPLATE: 'SMS_153055065',
    CUSTODIA_LOCAL_DESTINATIONS: local(),
  });
  const mailEnv = () => ({
    CUSTODIA_SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
    CUSTODIA_MAIL_FROM: 'Custodia 客服 <no-reply@custodia.example>',
    CUSTODIA_LOCAL_DESTINATIONS: local(),
  });

  beforeAll(async () => {
    sms = await openSmsCounterpart();
    smtp = await openSmtpCounterpart();
  });
  beforeEach(() => {
    written = [];
    sms.answerWith('OK');
    smtp.refuse(false);
  });
  afterAll(async () => {
    await sms.close();
    await smtp.close();
  });

  it('without settings nothing is offered and nothing is sent', async () => {
    const { sms: noSms, mail } = open({});
    expect([noSms.available, mail.available]).toEqual([false, false]);
    const refused = { code: 'outgoing.not-available' };
    await expect(noSms.sendCode({ mobile: '+8613800138000', code: '123456' }, OCCASION)).rejects.toMatchObject(refused);
    await expect(mail.send({ to: 'a@b.example', subject: '', text: '' }, OCCASION)).rejects.toMatchObject(refused);
    expect(written).toEqual([]);
  });

  it('F-0102 a code reaches the provider with a signature that it accepts, after the disclosure was written', async () => {
    const out = open(smsEnv());
    await out.sms.sendCode({ mobile: '+8613800138000', code: '004711' }, OCCASION);
    await out.sms.sendCode({ mobile: '+85261234567', code: '815000' }, OCCASION);
    expect(sms.refused).toEqual([]);
    expect(sms.sent).toEqual([
      { mobile: '13800138000', code: '004711', signName: '客服云', template: 'SMS_153055065' },
      { mobile: '85261234567', code: '815000', signName: '客服云', template: 'SMS_153055065' },
    ]);
    expect(written[0]).toEqual({ ...OCCASION, recipient: 'sms', fields: 'mobile' });
    expect(JSON.stringify(written)).not.toMatch(/13800138000|004711/);
  });

  it('a wrong key, a refusal and an unreadable answer are failures that name no number', async () => {
    const bad = open(smsEnv('another-secret'));
    const send = (out = open(smsEnv())) => out.sms.sendCode({ mobile: '+8613800138000', code: '111111' }, OCCASION);
    const before = sms.sent.length;
    await expect(send(bad)).rejects.toMatchObject({ details: { reason: 'SignatureDoesNotMatch' } });
    sms.answerWith('isv.BUSINESS_LIMIT_CONTROL');
    await expect(send()).rejects.toMatchObject({ details: { reason: 'isv.BUSINESS_LIMIT_CONTROL' } });
    sms.answerWith('13800138000 is no number');
    await expect(send()).rejects.toMatchObject({ details: { reason: 'unreadable-answer' } });
    expect(sms.sent).toHaveLength(before);
  });

  it('a provider inside that nobody listed is not called', async () => {
    const before = sms.sent.length;
    const out = open({ ...smsEnv(), CUSTODIA_LOCAL_DESTINATIONS: '' });
    await expect(out.sms.sendCode({ mobile: '+8613800138000', code: '1' }, OCCASION)).rejects.toMatchObject({
      code: 'outgoing.destination-refused',
    });
    const letter = open({ ...mailEnv(), CUSTODIA_LOCAL_DESTINATIONS: '' });
    await expect(letter.mail.send({ to: 'a@b.example', subject: 'x', text: 'y' }, OCCASION)).rejects.toMatchObject({
      code: 'outgoing.destination-refused',
    });
    expect(sms.sent).toHaveLength(before);
  });

  it('a letter arrives as it was written', async () => {
    const text = '您好，\n.\nhttps://app.example/reset-password#token=abc_DEF-123\n';
    await open(mailEnv()).mail.send({ to: '林@例子.example', subject: '重设密码 · Reset', text }, OCCASION);
    const [letter] = smtp.received.slice(-1);
    expect(letter).toMatchObject({ from: 'no-reply@custodia.example' });
    expect(letter?.to).toHaveLength(1);
    expect(letter?.text.replaceAll('\r\n', '\n').trimEnd()).toBe(text.trimEnd());
    expect(letter?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(written).toEqual([{ ...OCCASION, recipient: 'mail', fields: 'email' }]);
  });

  it.each([
    ['a@b.example\r\nBcc: all@b.example', 'x'],
    ['a@b.example\nSubject: y', 'x'],
    ['a@b.example, c@d.example', 'x'],
    ['Ada <a@b.example>', 'x'],
    ['"a b"@b.example', 'x'],
    ['a@b.example\u2028', 'x'],
    ['a@b.example', 'x\r\nBcc: all@b.example'],
    ['a@b.example', 'x\u0000'],
    ['a@b.example', 'gnp.\u202eexe'],
  ])('P-1016 no header is smuggled in by %j, %j', async (to, subject) => {
    const before = smtp.received.length;
    await expect(open(mailEnv()).mail.send({ to, subject, text: 'z' }, OCCASION)).rejects.toMatchObject({
      code: 'outgoing.mail-header-refused',
      status: 422,
    });
    expect([smtp.received.length, written]).toEqual([before, []]);
  });

  it('a text that looks like headers or like the end of a letter stays text', async () => {
    const text = 'Bcc: all@b.example\n.\nMAIL FROM:<x@y.example>\n';
    const before = smtp.received.length;
    await open(mailEnv()).mail.send({ to: 'a@b.example', subject: 'x', text }, OCCASION);
    expect(smtp.received).toHaveLength(before + 1);
    expect(smtp.received[before]).toMatchObject({ to: ['a@b.example'] });
    expect(smtp.received[before]?.headers.has('bcc')).toBe(false);
  });

  it('a mail server that refuses is a failure that names nobody', async () => {
    smtp.refuse(true);
    const failure = await open(mailEnv())
      .mail.send({ to: 'gone@b.example', subject: 'x', text: 'y' }, OCCASION)
      .catch((error: unknown) => error as Error);
    expect(failure).toMatchObject({ code: 'outgoing.call-failed' });
    expect((failure as Error).message).not.toContain('gone@');
  });
});
