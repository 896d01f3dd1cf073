import type { LiveViewWords } from './zh-cn.js';

export const en: LiveViewWords = {
  title: 'Live view',
  hint: 'You can add internal notes; to reply, take over. This look is recorded.',
  takeOver: 'Take over',
  serving: (name) => `${name} is answering`,
  tookOver: (name) => `${name} took over the conversation`,
};
