import type { ReportWords } from './words/zh-cn.js';

/** How long somebody has waited: two units at most, never less than nothing. */
export function waitText(ms: number, words: ReportWords): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (minutes === 0) return words.seconds(seconds);
  if (hours === 0) return words.minutes(minutes, seconds % 60);
  if (hours < 24) return words.hours(hours, minutes % 60);
  return words.days(Math.floor(hours / 24), hours % 24);
}
