import { expect, it } from 'vitest';
import { waitText } from './wait-text.js';
import { en } from './words/en.js';
import { zhCn } from './words/zh-cn.js';

it.each([
  [-5, '0秒', '0 s'],
  [59_999, '59秒', '59 s'],
  [190_000, '3分10秒', '3 min 10 s'],
  [180_000, '3分钟', '3 min'],
  [6_720_000, '1小时52分', '1 h 52 min'],
  [90_000_000, '1天1小时', '1 d 1 h'],
])('F-0303 %i ms of waiting read as a duration', (ms, zh, english) => {
  expect([waitText(ms, zhCn), waitText(ms, en)]).toEqual([zh, english]);
});
