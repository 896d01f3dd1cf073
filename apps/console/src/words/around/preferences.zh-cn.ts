import type { NotificationKind, NotificationWay } from '@libs/contracts';

/** Words of the page of preferences; loaded with it. */
export const preferencesZhCn = {
  title: '偏好',
  hint: '改动立即生效，并在你登录的所有设备上保持一致。',
  look: '显示',
  density: '列表疏密（仅此设备）',
  comfortable: '舒适',
  compact: '紧凑',
  typing: '输入与快捷键',
  sendKey: '发送消息',
  sendKeyEnter: 'Enter发送，Shift+Enter换行。输入法选字时不会发送。',
  sendKeyMod: 'Enter换行，按住Ctrl或⌘再按Enter发送。',
  singleKeys: '单键快捷键',
  singleKeysHint: '例如按E解决会话。关闭后，带Ctrl或⌘的快捷键仍可使用。',
  notifications: '通知',
  sounds: '提示音',
  soundsHint: '最多每3秒响一次；开着多个标签页时只响一次。',
  quietHours: '免打扰时段',
  quietHoursHint: '这段时间内没有提示音和桌面通知，通知中心照常记录。按此设备的时间计算。',
  quietFrom: '从',
  quietTo: '到',
  quietWrong: '请填写不同的开始和结束时间',
  tellOf: '内容',
  ways: { centre: '通知中心', sound: '提示音', desktop: '桌面通知' } as Readonly<Record<NotificationWay, string>>,
  kinds: {
    message: '我的会话有新消息',
    assigned: '会话转给了我',
    mention: '备注里提到我',
    woken: '暂缓的会话到时间了',
    'handed-over': '我的会话被转走',
  } as Readonly<Record<NotificationKind, string>>,
  desktopHint: '桌面通知只显示接待渠道和类型，不显示姓名和内容。在铃铛菜单里开启。',
  firstSteps: '开始使用',
  useMine: '用这里的',
  useTheirs: '用另一份',
  tellBy: (kind: string, way: string) => `${kind}：${way}`,
};

/** A language that lacks one of them does not compile. */
export type PreferenceWords = typeof preferencesZhCn;
