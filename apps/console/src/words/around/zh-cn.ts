import type { NotificationKind } from '@libs/contracts';

/** Words of moving around: palette, bell, one's own preferences. */
export const zhCn = {
  palette: '快速跳转',
  paletteHintShort: '动作、页面、会话或联系人',
  paletteHint: '输入动作、页面、会话编号，或联系人的称呼、手机号、邮箱',
  paletteOpen: '打开快速跳转',
  search: '搜索',
  groupActs: '动作',
  groupRecent: '最近去过',
  groupPlaces: '页面',
  groupConversations: '会话',
  groupContacts: '联系人',
  clearRecent: '清除记录',
  nothingFound: '没有符合的结果',
  searching: '正在查找…',
  searchFailed: '搜索没有完成：网络或服务出错，请稍后再试',
  results: (count: number) => `${count}个结果`,
  notifications: '通知',
  newsCount: (count: number) => `${count}个会话有新情况`,
  news: {
    message: (count: number) => `${count}条新消息`,
    assigned: () => '转给了你',
    mention: (count: number) => (count === 1 ? '备注里提到你' : `备注里${count}次提到你`),
    woken: () => '暂缓时间到了',
    'handed-over': () => '已转给他人',
  } as Readonly<Record<NotificationKind, (count: number) => string>>,
  between: '，',
  aConversation: '一个会话',
  allSeen: '全部标为已看',
  noNews: '没有新情况。你的会话有动静时，这里会告诉你。',
  desktopOn: '开启桌面通知',
  desktopIsOn: '桌面通知已开启',
  desktopDenied: '浏览器拒绝了桌面通知，可在地址栏的网站设置里改回。',
  notificationSettings: '通知设置',
  quietUntil: (clock: string) => `免打扰至${clock}`,
};

/** A language that lacks one of them does not compile. */
export type AroundWords = typeof zhCn;
