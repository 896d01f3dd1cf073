import type { LinkWords } from './vocabulary.js';

export const zhCn: LinkWords = {
  title: '关联的人',
  hint: '你的网站为他们签署了同一个名称，因此其中一人的拒绝对所有人生效。',
  between: (one, other) => `${one}与${other}`,
  reasons: { 'signed-identity': '由你的网站签署' },
  unlink: '解除关联',
  unlinkOf: (person) => `解除关联：${person}`,
  unlinkEffect:
    '两人会重新视为不同的人，5秒内在各处生效。不会删除任何内容，关联期间为两人记录的内容各自保留。其中一人的拒绝不再对另一人生效。网站再签署同样的声明也不会重新关联，此操作无法在这里撤销。',
  why: '为什么他们不是同一个人',
  unlinkReasons: {
    'shared-device': '两个人共用设备或账号',
    'wrong-statement': '网站签署了错误的名称',
    'person-asked': '当事人提出要求',
    other: '其他原因',
  },
};
