import type { Mail } from '@libs/outgoing';

/** The letter with the link to a new address, in both languages: whose it is, is not known yet. */
export function confirmationLetter(to: string, url: string): Mail {
  return {
    to,
    subject: 'Custodia：确认登录邮箱 · Confirm your sign-in e-mail',
    text: [
      '您好，',
      '有人请求把这个邮箱用作 Custodia 账号的登录邮箱。如果是您本人，请在 1 小时内打开下面的链接，并输入该账号的密码。如果不是您本人操作，请忽略此邮件，不会有任何改变。',
      '',
      url,
      '',
      'Hello,',
      'someone asked to use this address to sign in to a Custodia account. If it was you, open the link above within an ' +
        'hour and enter the password of that account. If it was not you, ignore this letter: nothing changes.',
      '',
    ].join('\n'),
  };
}

/** To the address that a login has, and that nobody has shown to be its owner's. */
export function ownAddressLetter(to: string, url: string): Mail {
  return {
    to,
    subject: 'Custodia：确认您的邮箱 · Confirm your e-mail',
    text: [
      '您好，',
      '有人用这个邮箱注册了 Custodia 账号。如果是您本人，请在 24 小时内打开下面的链接，并输入该账号的密码，确认邮箱属于您。如果不是您本人操作，请忽略此邮件。',
      '',
      url,
      '',
      'Hello,',
      'a Custodia account was made with this address. If it is yours, open the link above within 24 hours and enter the ' +
        'password of the account, to show that the address is yours. If it was not you, ignore this letter.',
      '',
    ].join('\n'),
  };
}

/** To an address that has an account: only its owner reads that, and whoever asked is told nothing. */
export function addressTakenLetter(to: string): Mail {
  return {
    to,
    subject: 'Custodia：此邮箱已有账号 · This address has an account',
    text: [
      '您好，',
      '有人请求把这个邮箱用作另一个 Custodia 账号的登录邮箱。它已属于您的账号，因此没有任何改变。',
      '',
      'Hello,',
      'someone asked to use this address to sign in to another Custodia account. It belongs to your account already, so ' +
        'nothing was changed.',
      '',
    ].join('\n'),
  };
}
