/** Words of the live board. */
export const zhCn = {
  group: '洞察',
  title: '实时看板',
  intro: '只显示数量和同事当前的状态，不含访客信息，也不保留历史。',
  figures: '当前数量',
  waiting: '等待中',
  longest: '最长等待',
  open: '接待中',
  there: '在线客服',
  nobodyWaits: '无人等待',
  thereOf: (online: number, all: number) => `${online} / ${all}`,
  queues: '各渠道的队列',
  inbox: '接待渠道',
  members: '客服',
  member: '客服',
  state: '状态',
  load: '接待中 / 上限',
  full: '已满',
  noQueues: '还没有接待渠道',
  noMembers: '还没有可以接待的成员',
  asOf: (time: string) => `截至${time}，连接已断开，恢复后自动更新`,
  seconds: (seconds: number) => `${seconds}秒`,
  minutes: (minutes: number, seconds: number) => (seconds === 0 ? `${minutes}分钟` : `${minutes}分${seconds}秒`),
  hours: (hours: number, minutes: number) => (minutes === 0 ? `${hours}小时` : `${hours}小时${minutes}分`),
  days: (days: number, hours: number) => (hours === 0 ? `${days}天` : `${days}天${hours}小时`),
};

export type ReportWords = typeof zhCn;
