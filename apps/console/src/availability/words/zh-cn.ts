/** Words of who is there for new conversations. */
export const zhCn = {
  title: '接待状态',
  states: { online: '在线', busy: '忙碌', offline: '离线' },
  hints: {
    online: '会分到新会话',
    busy: '保留现有会话，不再分到新的，可以自己接待',
    offline: '不会分到新会话',
  },
  away: { busy: '你现在忙碌，新会话会分给其他同事', offline: '你现在离线，不会分到新会话' },
  goOnline: '设为在线',
  be: (state: string) => `接待状态：${state}`,
  lost: '连接断开超过3分钟，已设为离线。等你回复的会话会回到队列。',
  failed: '没有改成，请再试一次。',
  load: (open: number, capacity: number) => `接待中${open}，上限${capacity}`,
  mark: (state: string, open: number, capacity: number) => `${state}，接待中${open}，上限${capacity}`,
  teams: '团队',
};

export type AvailabilityWords = typeof zhCn;
