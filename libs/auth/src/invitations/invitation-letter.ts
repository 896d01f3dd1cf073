import type { Mail } from '@libs/outgoing';

/** What the letter tells. */
export interface InvitationLetter {
  readonly to: string;
  readonly workspace: string;
  readonly inviter: string;
  readonly url: string;
}

/** The letter with the link, in both languages: which one the person reads is not known. Names stand in its text only. */
export function invitationLetter({ to, workspace, inviter, url }: InvitationLetter): Mail {
  const [where, who] = [oneLine(workspace), oneLine(inviter)];
  return {
    to,
    subject: 'Custodia：工作区邀请 · Invitation to a workspace',
    text: [
      '您好，',
      `${who} 邀请您加入工作区“${where}”。请在 7 天内打开下面的链接；链接只能使用一次。不想加入时可在该页面谢绝，您的邮箱将被删除。`,
      '',
      url,
      '',
      'Hello,',
      `${who} invites you to the workspace "${where}". Open the link above within 7 days; it works once. If you do not want ` +
        'to join, decline on that page and your address is erased.',
      '',
    ].join('\n'),
  };
}

function oneLine(name: string): string {
  return name.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
