import { expect, it } from 'vitest';
import { initialsOf } from './initials.js';

it.each([
  ['林晓雯', '雯'],
  ['王敏', '敏'],
  ['小艾 Alice', '艾'],
  ['Ada Lovelace', 'AL'],
  ['Ada King Lovelace', 'AL'],
  ['ada', 'A'],
  ['رنا الخطيب', 'را'],
  ['阿卜杜·热合曼', '杜'],
  ['z***@shop.example', 'Z'],
  ['7号客服', '服'],
  ['24', '2'],
  ['***', ''],
  ['👩‍👩‍👧‍👦', ''],
  ['', ''],
])('F-0104 what stands for %s is %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
