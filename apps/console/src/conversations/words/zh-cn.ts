/** Words of the list and of the place around a conversation. */
export interface PlaceWords {
  /** How long somebody has waited, in whole minutes from 1 on. */
  waited(minutes: number): string;
  waitsSince(time: string): string;
  readonly didTake: string;
  didAssign(name: string): string;
  readonly foldNav: string;
  readonly foldPanel: string;
  readonly nextRegion: string;
  readonly backToList: string;
  readonly firstRow: string;
  readonly lastRow: string;
  lostRace(name: string): string;
  newMessages(count: number): string;
  readonly moreActs: string;
  readonly talksOfPerson: string;
  readonly otherTalks: string;
  /** Of a person, or beside one of theirs. */
  noTalks(beside: boolean): string;
  /** A visitor whom the site signed with the same name. */
  linkedAs(visitor: string): string;
  /** What stars in a message stand for. */
  readonly numbers: Readonly<Record<'id-card' | 'bank-card', string>>;
  /** A message with such stars, as the name of what is shown. */
  readonly numbersMessage: string;
  readonly takeOverToReveal: string;
  readonly findTalks: string;
  readonly findTalksHint: string;
  readonly find: string;
  readonly endSearch: string;
  readonly tooShort: string;
  readonly finding: string;
  /** How many there are; more are to be loaded. */
  foundTalks(count: number, more: boolean): string;
  /** Of so many people at least, so many were looked at. */
  moreMeant(people: number): string;
  readonly noTalkFound: string;
  readonly whatFinds: string;
  /** The entry of the palette. */
  findAmongTalks(text: string): string;
}

export const zhCn: PlaceWords = {
  waited: (minutes) => `已等${span(minutes)}`,
  waitsSince: (time) => `从${time}起等待回复`,
  didTake: '已接待',
  didAssign: (name) => `已转给${name}`,
  foldNav: '收起或展开导航',
  foldPanel: '收起或展开详情',
  nextRegion: '下一个区域',
  backToList: '返回列表',
  firstRow: '第一个会话',
  lastRow: '最后一个会话',
  lostRace: (name) => `${name}刚刚接待了此会话。请选择其他会话。`,
  newMessages: (count) => `${count}条新消息`,
  moreActs: '更多操作',
  talksOfPerson: '会话',
  otherTalks: '此人的其他会话',
  noTalks: (beside) => (beside ? '没有其他会话' : '你可以查看的范围内没有此人的会话'),
  linkedAs: (visitor) => `${visitor}（关联的人）`,
  numbers: { 'id-card': '身份证号', 'bank-card': '银行卡号' },
  numbersMessage: '含证件号或卡号的消息',
  takeOverToReveal: '接管后可以显示',
  findTalks: '按称呼、手机号、邮箱、微信号或访客编号查找会话',
  findTalksHint: '称呼、手机号、邮箱或微信号',
  find: '查找',
  endSearch: '清除查找',
  tooShort: '至少输入两个字母或数字，或一个汉字',
  finding: '正在查找…',
  foundTalks: (count, more) => `在你可以查看的全部会话中找到${count}${more ? '个以上' : '个'}`,
  moreMeant: (people) => `符合的人超过${people}位，这里只有其中最新的${people}位。请输入得更完整。`,
  noTalkFound: '你可以查看的范围内没有找到会话',
  whatFinds: '称呼可以只输入一部分，手机号、邮箱和微信号要输入完整。',
  findAmongTalks: (text) => `在会话中查找“${text}”`,
};

function span(minutes: number): string {
  if (minutes < 60) return `${minutes}分钟`;
  if (minutes < 1440) return `${Math.floor(minutes / 60)}小时`;
  return `${Math.floor(minutes / 1440)}天`;
}
