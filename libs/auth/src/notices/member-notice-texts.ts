import { textHash } from '@libs/privacy-core';

/** Languages that the notice to members has. */
export const NOTICE_LOCALES = ['zh-CN', 'en'] as const;
/** One of `NOTICE_LOCALES`. */
export type NoticeLocale = (typeof NOTICE_LOCALES)[number];

/** One version of what members are told about who can see their work (P-0207). */
export interface MemberNoticeText {
  /** Changes with every change of the words; members are asked again. */
  readonly version: string;
  readonly texts: Readonly<Record<NoticeLocale, string>>;
}

/** The notice in force. */
export const MEMBER_NOTICE: MemberNoticeText = {
  version: '2',
  texts: {
    'zh-CN':
      '你在此工作区的工作对以下同事可见：所有者、管理员和主管可以查看并处理你名下的全部会话、备注和联系人资料，' +
      '可以在你接待时实时查看并写内部备注，也可以转交、接管或结束你的会话。每次实时查看都会记录谁、哪个会话、从何时到何时；' +
      '接管时你会立即看到。所有者和管理员还可以更改你的角色、停用你的帐号。隐私负责人不查看会话，但可以查看' +
      '谁在何时查看了哪些个人信息。查看个人信息的操作都有记录，你自己的操作也在其中。',
    en:
      'In this workspace colleagues can see your work. Owners, admins and supervisors can read and handle every ' +
      'conversation, note and contact that you work on. They can watch a conversation live while you answer and add notes, ' +
      'and can hand over, take over or end your conversations. Each live look is recorded: who, which conversation, from ' +
      'when to when; of a take-over you are told at once. Owners and admins can also change your role and disable your ' +
      'account. Privacy officers read no conversations; they can see who looked at which personal data and when. Looking ' +
      'at personal data is recorded, and so is what you do yourself.',
  },
};

/** Names the words exactly, whatever becomes of them later. */
export function noticeHash({ version, texts }: MemberNoticeText, locale: NoticeLocale): string {
  return textHash(`${version}\n${locale}\n${texts[locale]}`);
}
