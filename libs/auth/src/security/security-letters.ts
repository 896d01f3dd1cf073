import type { MailSender } from '@libs/outgoing';
import type { Background } from '../codes/background.js';
import { inTenant } from '../in-tenant.js';
import { EMAIL } from '../logins/login-fields.js';
import type { PlatformTenant } from '../platform-tenant.js';
import type { AuthPorts } from '../ports.js';
import type { LoginPerson } from '../second-factor/second-factors.js';
import { deviceFamily } from './device-family.js';
import type { Whereabouts } from './known-places.js';
import { maskedNetwork } from './masked-network.js';

/** What an owner is told by mail. */
export type SecurityNews =
  | 'unusual'
  | 'locked'
  | 'frozen'
  | 'second-factor-removed'
  | 'proofs-cleared'
  | 'second-step-guessed';

const WORDS: Readonly<Record<SecurityNews, readonly [subject: string, text: string]>> = {
  unusual: [
    '您的账号在新的地方登录 / New sign-in to your account',
    '有人用您的密码从新的网络或设备登录。如果不是您，请立即修改密码并在“安全”页面报告泄露。\n\n' +
      'Somebody signed in with your password from a new network or device. If it was not you, change your password now and report the leak on the security page.',
  ],
  locked: [
    '登录尝试过多 / Too many attempts to sign in',
    '有人多次用错误的密码登录您的账号，该网络已被暂时锁定。如果不是您，您无需做任何事。\n\n' +
      'Somebody tried wrong passwords for your account; that network is locked for a while. If it was not you, there is nothing you need to do.',
  ],
  frozen: [
    '您的账号已冻结 / Your account is frozen',
    '您报告了泄露，账号已冻结，所有登录已结束。请用一次性链接重设密码以解冻。\n\n' +
      'You reported a leak: your account is frozen and every session has ended. Reset the password with a one-time link to open it again.',
  ],
  'proofs-cleared': [
    '您的账号已由您确认 / Your account is confirmed as yours',
    '您用邮件链接重设了密码。此前从未确认过邮箱属于您，所以之前绑定的手机号、两步验证和常用设备都已清除，以免他人继续使用。请登录后重新绑定手机号和两步验证。\n\n' +
      'You reset your password with a link by mail. Nobody had confirmed before that this address is yours, so the mobile number, second factor and known devices that were bound to the account have been removed, lest somebody else goes on using them. Sign in and set them up again.',
  ],
  'second-step-guessed': [
    '您的账号已冻结：请设置新密码 / Your account is frozen: set a new password',
    '有人知道您的密码，并多次用错误的验证码尝试登录。账号已冻结，所有登录已结束。请用邮件重设密码以解冻。\n\n' +
      'Somebody knows your password and tried wrong codes for the second step too often. Your account is frozen and every session has ended. Reset the password by mail to open it again.',
  ],
  'second-factor-removed': [
    '两步验证已移除 / Second factor removed',
    '您账号的两步验证已被移除。如果不是您要求的，请立即联系管理员。\n\n' +
      'The second factor of your account was taken away. If you did not ask for it, contact your administrator now.',
  ],
};

/** Mail to a login's owner about what happened to it. Goes out after the answer, so its time tells nobody anything. */
export class SecurityLetters {
  constructor(
    private readonly ports: AuthPorts,
    private readonly platform: PlatformTenant,
    private readonly post: { readonly mail: MailSender; readonly background: Background },
  ) {}

  tell(login: LoginPerson, news: SecurityNews, where: Partial<Whereabouts> & { readonly correlationId: string }): void {
    if (!this.post.mail.available) return;
    this.post.background.start('account.letter-not-sent', async () => {
      const tenantId = await this.platform.id();
      const to = await this.emailOf(tenantId, login);
      if (to === undefined) return;
      const [subject, text] = WORDS[news];
      const occasion = { tenantId, subjectId: login.subjectId, resource: `login:${login.id}` };
      const mail = { to, subject, text: text + placeText(where) };
      await this.post.mail.send(mail, { ...occasion, correlationId: where.correlationId });
    });
  }

  private async emailOf(tenantId: string, { id, subjectId }: LoginPerson): Promise<string | undefined> {
    const [row] = await inTenant(tenantId, () =>
      this.ports.database.reader.all<{ email_sealed: Buffer }>(
        'SELECT email_sealed FROM auth_login WHERE tenant_id = ? AND id = ?',
        [tenantId, id],
      ),
    );
    if (!row) return undefined;
    await this.ports.cipher.load(tenantId, [subjectId], EMAIL.group);
    return this.ports.cipher.open(tenantId, subjectId, EMAIL, id, row.email_sealed, 'security');
  }
}

function placeText({ address, userAgent }: Partial<Whereabouts>): string {
  const words = [deviceFamily(userAgent), maskedNetwork(address ?? '')].filter((word) => word !== null);
  return words.length === 0 ? '\n' : `\n\n${words.join(', ')}\n`;
}
