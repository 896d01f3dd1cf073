import type { MailSender } from '@libs/outgoing';
import type { Background } from '../codes/background.js';

/** Basic data that somebody changed. */
export type ChangedData = 'password' | 'email' | 'mobile';

const WORDS: Readonly<Record<ChangedData, readonly [subject: string, what: string, whatEnglish: string]>> = {
  password: ['您的密码已修改 / Your password was changed', '密码', 'password'],
  email: ['您的邮箱已修改 / Your e-mail was changed', '登录邮箱', 'sign-in e-mail'],
  mobile: ['您的手机号已修改 / Your mobile number was changed', '手机号', 'mobile number'],
};

/** Tells the address that was there before what was changed: whoever changed it may not be the owner (F-0112). */
export class ChangeLetters {
  constructor(
    private readonly mail: MailSender,
    private readonly background: Background,
  ) {}

  tell(
    what: ChangedData,
    to: string,
    about: {
      readonly tenantId: string;
      readonly subjectId: string;
      readonly loginId: string;
      readonly correlationId: string;
    },
  ): void {
    if (!this.mail.available) return;
    const [subject, chinese, english] = WORDS[what];
    const text =
      `您账号的${chinese}刚刚被修改，其他登录已全部结束。如果不是您，请立即联系管理员。\n\n` +
      `The ${english} of your account was changed just now, and all other sessions have ended. ` +
      'If it was not you, contact your administrator at once.\n';
    const { loginId, ...occasion } = about;
    this.background.start('account.letter-not-sent', () =>
      this.mail.send({ to, subject, text }, { ...occasion, resource: `login:${loginId}` }),
    );
  }
}
