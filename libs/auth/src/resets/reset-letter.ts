import type { Mail } from '@libs/outgoing';

/** The letter with the link, in both languages: which one the person reads is not known before sign-in. */
export function resetLetter(to: string, url: string): Mail {
  return {
    to,
    subject: 'Custodia：重设密码 · Reset your password',
    text: [
      '您好，',
      '有人请求重设您的 Custodia 登录密码。请在 30 分钟内打开下面的链接；链接只能使用一次。如果不是您本人操作，请忽略此邮件，密码不会改变。',
      '',
      url,
      '',
      'Hello,',
      'someone asked to reset the password of your Custodia account. Open the link above within 30 minutes; it works once. ' +
        'If it was not you, ignore this letter: your password stays as it is.',
      '',
    ].join('\n'),
  };
}
