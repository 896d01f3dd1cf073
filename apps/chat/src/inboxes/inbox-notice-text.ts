import type { InboxLocale } from '@libs/contracts';
import { CONVERSATION_SCOPE, NOTICE_WORDS, noticeText, type Register } from '@libs/privacy-core';
import type { NoticeText } from './inbox-admin.js';

/** Who processes, and where they are reached: all that a tenant writes into its notice. */
export interface Controller {
  readonly name: string;
  readonly contact: string;
  /** Where complaints go. */
  readonly complaints: string;
}

interface Words {
  readonly purpose: string;
  readonly retention: string;
  readonly rights: string;
  readonly time: string;
  readonly comma: string;
  readonly before: string;
  readonly decline: string;
  readonly rightsSentence: string;
  readonly complaints: string;
  readonly complaintsSentence: string;
}

const WORDS: Readonly<Record<InboxLocale, Words>> = {
  'zh-CN': {
    purpose: '回答您的咨询',
    retention: '会话结束后{months}个月',
    rights: '查阅、复制、更正、删除、撤回同意',
    time: '发送时间',
    comma: '、',
    before: '{who}（联系方式：{contact}）是您个人信息的处理者，由客服平台受托处理。消息以您本人专属的密钥加密保存。',
    rightsSentence: '您可以随时查阅、复制、更正、删除您的信息或撤回同意；撤回不影响此前已完成的处理。',
    complaints: '{complaints}；也可以向您所在地的监管部门投诉',
    complaintsSentence:
      '您认为我们处理您信息的方式不妥时，可以向{who}投诉（{complaints}），也可以向您所在地的监管部门投诉、举报，或向法院起诉。',
    decline: '不同意时，我们不会保存您的任何信息，您仍可浏览本网站。',
  },
  en: {
    purpose: 'To answer your enquiry',
    retention: '{months} months after the conversation ends',
    rights: 'Access, copy, correct, erase, withdraw consent',
    time: 'when you send them',
    comma: ', ',
    before:
      '{who} (contact: {contact}) is the controller of your personal data; the support platform processes it on its ' +
      'behalf. Messages are stored encrypted under a key of your own.',
    rightsSentence:
      'You may access, copy, correct or erase your data or withdraw your consent at any time; what was done before stays lawful.',
    complaints: '{complaints}; or the supervisory authority where you live',
    complaintsSentence:
      'If you think that your data is handled wrongly, you may complain to {who} ({complaints}), to the supervisory ' +
      'authority where you live, or go to court.',
    decline: 'If you decline, nothing about you is kept and you can go on browsing.',
  },
};

/** In a preview, where a contact will stand: without one nothing is published. */
const NOT_YET = '……';

/** Internal notes are not asked of anybody: they are named in the full text only. */
const ASKED = (field: string): boolean => field !== 'chat.note';

/**
 * The notice of an inbox, made from the instructions in force: the same register and the same names give the same text.
 * Undefined where conversations are switched off in the register.
 */
export function inboxNotice(register: Register, locale: InboxLocale, who: Controller): NoticeText | undefined {
  const activity = register.activities.find(({ purpose }) => purpose === 'support-conversation');
  const words = WORDS[locale];
  const facts = NOTICE_WORDS[locale];
  const full = noticeText(register, CONVERSATION_SCOPE, facts, who.name);
  if (!activity || full === undefined) return undefined;
  const kinds = activity.fields.map(({ field }) => field).filter(ASKED);
  const fill = (text: string): string =>
    text
      .replace('{who}', () => who.name)
      .replace('{contact}', () => who.contact || NOT_YET)
      .replace('{complaints}', () => who.complaints || NOT_YET)
      .replace('{months}', String(activity.retainMonths));
  return {
    controller: who.name,
    purpose: words.purpose,
    dataKinds: [...kinds.map((field) => facts.field[field] ?? field), words.time].join(words.comma),
    retention: fill(words.retention),
    rights: words.rights,
    complaints: fill(words.complaints),
    fullText: [fill(words.before), full, words.rightsSentence, fill(words.complaintsSentence), words.decline].join(
      '\n',
    ),
  };
}
