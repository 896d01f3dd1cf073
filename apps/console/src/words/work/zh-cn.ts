import type { WorkWords } from './vocabulary.js';

export const zhCn: WorkWords = {
  transfer: '转接',
  transferTitle: '转接会话',
  transferTo: '转给',
  toQueue: '放回队列',
  findColleague: '查找同事',
  noColleague: '没有符合的同事',
  noteForColleague: '给同事的备注（可不填）',
  noteSeenByTeam: '仅团队可见，访客看不到。',
  cancel: '取消',
  chooseSomebody: '请选择转给谁。',
  backInQueue: '此会话刚刚已回到队列。你可以接待。',
  look: '查看',
  sendAnyway: '仍然发送',
  listed: '、',
  alsoLooking: (names, count) => (count > 2 ? `${names}等${count}人也在看` : `${names}也在看`),
  replying: (name) => `${name}正在输入回复…`,
  colleagueReplied: (name) => `${name}刚刚已回复，这条还没有发出。`,
  handedTo: (by, to) => `${by}将会话转给${to}`,
  tookBack: (by, from) => `${by}将${from}的会话放回队列`,
  putBack: (by) => `${by}将会话放回队列`,
};
