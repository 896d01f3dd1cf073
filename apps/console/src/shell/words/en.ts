import type { LoadingWords } from './zh-cn.js';

export const en: LoadingWords = {
  cancel: 'Stop loading',
  stopped: 'Loading was stopped',
  again: 'Load again',
};
