import type { InboxLook, NewInbox } from '../../../chat/src/index.js';

/** Look of the demo shop's inbox. */
export const DEMO_LOOK: InboxLook = {
  businessName: '晴川商店',
  businessNames: { en: 'Qingchuan Store' },
  theme: { brand: '#3654CC', onBrand: '#FFFFFF', brandText: '#3654CC', mode: 'auto' },
  locales: ['zh-CN', 'en'],
  greeting: { 'zh-CN': '您好，请问有什么可以帮您？', en: 'Hello, how can we help?' },
  phone: '',
};

/** Where the demo shop is reached about personal data. */
export const DEMO_CONTACT = 'privacy@demo.example';

/** A notice in both languages as a shop might word it itself: the facts and the text behind them. */
export const DEMO_NOTICES: NewInbox['notices'] = {
  'zh-CN': {
    controller: '晴川商店（演示）',
    purpose: '回答您的咨询',
    dataKinds: '您发送的消息内容和发送时间',
    retention: '会话结束后24个月',
    rights: '查阅、复制、更正、删除、撤回同意',
    complaints: 'privacy@demo.example；也可以向您所在地的监管部门投诉',
    fullText:
      '晴川商店是您个人信息的处理者，由客服平台受托处理。为了回答您的咨询，我们会保存您发送的消息和时间，并只允许负责接待您的客服查看。' +
      '消息以您本人专属的密钥加密保存。会话结束24个月后删除。您可以随时查阅、复制、更正、删除您的信息或撤回同意；撤回不影响此前已完成的处理。' +
      '不同意时，我们不会保存您的任何信息，您仍可浏览本网站。',
  },
  en: {
    controller: 'Qingchuan Store (demo)',
    purpose: 'To answer your enquiry',
    dataKinds: 'The messages you send and when you send them',
    retention: '24 months after the conversation ends',
    rights: 'Access, copy, correct, erase, withdraw consent',
    complaints: 'privacy@demo.example; or the supervisory authority where you live',
    fullText:
      'Qingchuan Store is the controller of your personal data; the support platform processes it on its behalf. To answer ' +
      'your enquiry we keep the messages you send and their times, and only the agents who serve you may read them. Messages ' +
      'are stored encrypted under a key of your own. They are erased 24 months after the conversation ends. You may access, ' +
      'copy, correct or erase your data or withdraw your consent at any time; what was done before stays lawful. If you ' +
      'decline, nothing about you is kept and you can go on browsing.',
  },
};
