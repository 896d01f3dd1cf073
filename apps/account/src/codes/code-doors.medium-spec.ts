import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSmsCounterpart, type SmsCounterpart } from '../../../../libs/outgoing/src/testing/sms-counterpart.js';
import { type AccountWorld, cookieOf, openAccountWorld, PASSWORD } from '../account-world.fixture.js';

const EMAIL = 'ada@alpha.example';
const MOBILE = '+8613800138001';

describeColumns('doors of codes and links on $column', (column) => {
  let sms: SmsCounterpart;
  let world: AccountWorld;
  let bare: AccountWorld;

  const post = (path: string, payload: object, cookie?: string, at = world) =>
    at.call('POST', path, { payload, ...(cookie === undefined ? {} : { cookie }) });
  const plain = (answer: Awaited<ReturnType<typeof post>>) => {
    const body = answer.body === '' ? {} : answer.json();
    return { status: answer.statusCode, ...body, requestId: '', instance: '' };
  };

  beforeAll(async () => {
    sms = await openSmsCounterpart();
    bare = await openAccountWorld(column);
    world = await openAccountWorld(column, {
      CUSTODIA_SMS_URL: `http://${sms.keyId}:${sms.keySecret}@127.0.0.1:${sms.port}`,
      CUSTODIA_SMS_SIGN_NAME: 'Custodia',
      CUSTODIA_SMS_TEMPLATE: 'SMS_1',
      CUSTODIA_LOCAL_DESTINATIONS: `127.0.0.1:${sms.port}`,
    });
    const { accounts, platform } = world.auth;
    const { loginId } = await accounts.createLogin({ email: EMAIL, mobile: MOBILE, password: PASSWORD });
    const tenantId = await platform.id();
    await world.stage.platform.work.upkeep(
      async (tx) =>
        tx.run('UPDATE auth_login SET mobile_verified_at = 1 WHERE tenant_id = ? AND id = ?', [tenantId, loginId]),
      new Set([tenantId]),
    );
    const member = { tenantId: world.stage.tenants[0], loginId, role: 'agent', displayName: 'Ada' } as const;
    await accounts.createMember(member);
  });
  afterAll(async () => {
    await world?.close();
    await bare?.close();
    await sms?.close();
  });

  it('F-0106 signs in with a code, which says neither before nor after whether there is an account', async () => {
    const known = await post('/codes', { purpose: 'sign-in', mobile: '138 0013 8001' });
    const unknown = await post('/codes', { purpose: 'sign-in', mobile: '13900139001' });
    expect(plain(unknown)).toEqual(plain(known));
    expect(known.statusCode).toBe(202);
    const code = await sentTo('13800138001');
    const wrong = code === '000000' ? '000001' : '000000';
    const refused = await post('/sign-in/code', { mobile: MOBILE, code: wrong });
    expect([refused.statusCode, refused.json().code]).toEqual([401, 'account.code-wrong']);
    expect(plain(await post('/sign-in/code', { mobile: '13900139001', code: wrong }))).toEqual(plain(refused));
    const signedIn = await post('/sign-in/code', { mobile: MOBILE, code });
    expect([signedIn.statusCode, signedIn.json().displayName]).toEqual([200, 'Ada']);
    expect((await post('/sign-in/code', { mobile: MOBILE, code })).statusCode).toBe(401);

    const cookie = cookieOf(signedIn);
    world.clock.advance(60_000);
    expect((await post('/codes', { purpose: 'identity-check' }, cookie)).statusCode).toBe(202);
    for (const purpose of ['identity-check', 'change-mobile']) {
      expect((await post('/codes', { purpose, mobile: MOBILE })).statusCode).toBe(401);
    }
  });

  it('says which doors there are; without an adapter there is none', async () => {
    expect((await world.call('GET', '/options')).json()).toEqual({ sms: true, mail: false, signUp: true });
    expect((await bare.call('GET', '/options')).json()).toEqual({ sms: false, mail: false, signUp: true });
    const refused = await post('/codes', { purpose: 'sign-in', mobile: MOBILE }, undefined, bare);
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'account.codes-not-available']);
  });

  it('F-0112 asking for a letter is answered alike for everybody', async () => {
    for (const identifier of [EMAIL, 'nobody@alpha.example', 'a@b.example\r\nBcc: all@b.example', '13800138001']) {
      const answer = await post('/resets', { identifier });
      expect([answer.statusCode, answer.body]).toEqual([202, '']);
    }
  });

  describe('P-1016 bad input', () => {
    it.each([
      ['/codes', {}],
      ['/codes', { purpose: 'marketing', mobile: MOBILE }],
      ['/codes', { purpose: 'sign-in', mobile: { $ne: '' } }],
      ['/codes', { purpose: 'sign-in', mobile: 'x'.repeat(41) }],
      ['/codes', { purpose: 'sign-in', mobile: '110' }],
      ['/codes', { purpose: 'sign-in' }],
      ['/sign-in/code', { mobile: MOBILE, code: '12345' }],
      ['/sign-in/code', { mobile: MOBILE, code: '１２３４５６' }],
      ['/sign-in/code', { mobile: MOBILE, code: '123456\n' }],
      ['/resets', {}],
      ['/resets', { identifier: 'x'.repeat(255) }],
      ['/resets/use', { token: 'short', password: PASSWORD }],
      ['/resets/use', { token: 'A'.repeat(43), password: PASSWORD }],
      ['/resets/use', { token: 'A'.repeat(43), password: 'x'.repeat(257) }],
    ])('%s refuses %j', async (path, payload) => {
      expect((await post(path, payload)).statusCode).toBe(422);
    });
  });

  /** The message goes out after the answer. */
  async function sentTo(mobile: string): Promise<string> {
    await expect.poll(() => sms.sent.some((one) => one.mobile === mobile)).toBe(true);
    return sms.sent.findLast((one) => one.mobile === mobile)!.code;
  }
});
