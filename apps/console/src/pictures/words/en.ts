import type { PictureWords } from './zh-cn.js';

export const en: PictureWords = {
  title: 'Picture',
  hint: 'Colleagues see it, visitors do not. It is cut to a square, and what a photo says besides, such as the place, is left out.',
  choose: 'Choose a picture',
  replace: 'Replace',
  remove: 'Remove',
  removed: 'The picture was removed',
  preview: 'Preview, not saved yet',
  use: 'Use this one',
  cancel: 'Cancel',
  saved: 'The picture was saved',
  unreadable: 'This file cannot be read. Choose a PNG, JPEG or WebP picture.',
  tooSmall: 'This picture is too small. Choose one of at least 32 pixels each way.',
  tooBig: 'This picture is too big. Choose a smaller one.',
};
