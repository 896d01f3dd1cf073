import type { ScheduledRefusal } from '@libs/contracts';

/** Words of replies that go out later. */
export interface ScheduledWords {
  /** In the menu of ways to send. */
  readonly sendLater: string;
  readonly title: string;
  readonly submit: string;
  submitAt(time: string): string;
  readonly timeHint: string;
  readonly list: string;
  waits(time: string): string;
  by(name: string): string;
  readonly stopped: Readonly<Record<ScheduledRefusal, string>>;
  readonly notShown: string;
  readonly edit: string;
  readonly sendNow: string;
  readonly cancel: string;
  didSchedule(time: string): string;
  readonly didCancel: string;
  tooSoon(earliest: string): string;
  /** By the server's code. */
  readonly refusals: Readonly<Record<string, string>>;
}

export const zhCn: ScheduledWords = {
  sendLater: '定时发送…',
  title: '定时发送',
  submit: '定时发送',
  submitAt: (time) => `${time}发送`,
  timeHint: '可选1分钟后到90天内。访客先来消息时不会发送。',
  list: '定时回复',
  waits: (time) => `将于${time}发送`,
  by: (name) => `作者：${name}`,
  stopped: {
    'customer-wrote': '不会发送：访客先来了消息',
    'author-unable': '未发送：作者已不能在此回复',
    'person-unwilling': '未发送：访客已撤回同意',
  },
  notShown: '内容不可见',
  edit: '修改',
  sendNow: '立即发送',
  cancel: '取消定时',
  didSchedule: (time) => `将于${time}发送`,
  didCancel: '已取消定时发送',
  tooSoon: (earliest) => `未定时：该时间已过或太近。请选择${earliest}或更晚。`,
  refusals: {
    'chat.schedule-too-late': '未定时：超过90天。请选择更早的时间。',
    'chat.too-many-scheduled': '未定时：此会话的定时回复已达20条。请先取消一些。',
    'chat.scheduled-reply-not-found': '此定时回复已发送或已取消。',
    'chat.scheduled-reply-changed': '此定时回复刚刚被修改。请查看后再试。',
    'chat.scheduled-reply-not-yours': '只有作者可以这样做。',
    'chat.take-over-first': '由同事接待中。请先接管会话。',
  },
};
