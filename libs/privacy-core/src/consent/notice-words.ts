import type { NoticeWords } from './notice.js';

/** Chinese, the authoritative language. */
const ZH: NoticeWords = {
  purpose: {
    'support-conversation': '在线客服',
    'customer-relations': '客户档案',
    marketing: '营销消息',
    'service-quality': '服务质量改进',
    'voice-message': '语音消息',
    'picture-message': '图片消息',
    'video-message': '视频消息',
    'file-message': '文件消息',
    'location-message': '位置消息',
    'service-account': '账号服务',
    security: '安全保障',
    'legal-duty': '法定义务',
    'subject-request': '个人信息权利请求',
  },
  field: {
    'chat.message': '会话内容',
    'chat.note': '客服的内部备注',
    'contact.name': '称呼',
    'contact.mobile': '手机号',
    'contact.email': '邮箱',
    'contact.wechat': '微信号',
    'contact.address': '地址',
    'media.voice': '语音',
    'media.picture': '图片',
    'media.video': '视频',
    'media.file': '文件',
    'media.location': '位置',
  },
  ask: '{who}希望为“{purpose}”使用您的{fields}，最长保存{months}个月。',
  recipients: '会提供给：{recipients}。',
  nobody: '不会提供给其他方。',
  withdraw: '您可以随时在“我的个人信息”中撤回，不影响在线客服。',
  withdrawBasic: '您可以随时在“我的个人信息”中撤回；撤回后在线客服停止，相关信息将被删除。',
  provide:
    '这会把您的信息提供给{recipient}，需要您的单独同意。传输全程加密并留有记录；对方收到后按其规则处理，可能超出我们的直接控制。',
  separate: '这是敏感个人信息，需要您的单独同意。',
  guardian: '本项需要监护人同意。',
  listComma: '、',
};

const EN: NoticeWords = {
  purpose: {
    'support-conversation': 'live support',
    'customer-relations': 'your customer record',
    marketing: 'marketing messages',
    'service-quality': 'better service',
    'voice-message': 'voice messages',
    'picture-message': 'picture messages',
    'video-message': 'video messages',
    'file-message': 'file messages',
    'location-message': 'location messages',
    'service-account': 'your account',
    security: 'security',
    'legal-duty': 'legal duties',
    'subject-request': 'requests about personal data',
  },
  field: {
    'chat.message': 'messages',
    'chat.note': 'internal notes of agents',
    'contact.name': 'name',
    'contact.mobile': 'mobile number',
    'contact.email': 'e-mail address',
    'contact.wechat': 'WeChat ID',
    'contact.address': 'address',
    'media.voice': 'voice',
    'media.picture': 'pictures',
    'media.video': 'videos',
    'media.file': 'files',
    'media.location': 'location',
  },
  ask: '{who} would like to use this for {purpose}: {fields}. It is kept for at most {months} months.',
  recipients: 'It is given to: {recipients}.',
  nobody: 'It is given to nobody else.',
  withdraw: 'You can withdraw at any time under "Your data"; live support goes on.',
  withdrawBasic: 'You can withdraw at any time under "Your data"; live support then ends and the data is erased.',
  provide:
    'This gives your data to {recipient} and needs your separate consent. It is sent encrypted and recorded; what {recipient} does with it afterwards is outside of our direct control.',
  separate: 'This is sensitive personal data and needs your separate consent.',
  guardian: 'This needs the consent of a guardian.',
  listComma: ', ',
};

/** Words of notices by locale. A change here is a change of published texts: raise the consent versions with it. */
export const NOTICE_WORDS: Readonly<Record<'zh-CN' | 'en', NoticeWords>> = { 'zh-CN': ZH, en: EN };
