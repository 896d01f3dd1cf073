import { describe, expect, it } from 'vitest';
import { comparable, MOST_KEPT, MOST_SOUGHT, piecesOf, soughtIn } from './search-pieces.js';

/** True when `text` finds the name: its pieces are among those of the name, and the name has it. */
function finds(text: string, name: string): boolean {
  const sought = soughtIn(text).find(({ field }) => field === 'name');
  if (!sought) return false;
  const kept = new Set(piecesOf('name', name));
  const byPieces = sought.pieces.every((piece) => kept.has(piece));
  // What the value has, the pieces must never hide.
  if (sought.isIn(name)) expect([text, name, byPieces]).toEqual([text, name, true]);
  return byPieces && sought.isIn(name);
}

describe('names in pieces', () => {
  it('F-0701 a Chinese name is found by its surname, by any two characters and as a whole', () => {
    expect(piecesOf('name', '陈小明')).toEqual(['^陈', '陈小', '小明']);
    for (const text of ['陈', '陈小', '小明', '陈小明', ' 陈小明 ', '陈 小明', '小明 陈', '陈·小明']) {
      expect([text, finds(text, '陈小明')]).toEqual([text, true]);
    }
    for (const text of ['小', '明', '陈明', '明小', '陈小明明', '王'])
      expect([text, finds(text, '陈小明')]).toEqual([text, false]);
    expect(['陈小明', '陈', '小', '小明'].map((text) => finds(text, '陈 小明'))).toEqual([true, true, true, true]);
    expect(finds('艾力', '买买提·艾力')).toBe(true);
  });

  it('F-0701 an English name is found by parts of two letters and more, whatever case, width and accents', () => {
    expect(piecesOf('name', 'Lin Wen')).toEqual(['li', 'in', 'we', 'en']);
    for (const text of ['li', 'LIN', 'wen', 'lin wen', 'Wen  Lin', 'ｌｉｎ', 'l wen', 'Lin W', 'lín']) {
      expect([text, finds(text, 'Lin Wen')]).toEqual([text, true]);
    }
    for (const text of ['l', 'inw', 'linwen', 'x wen', 'lin wenn', 'nil'])
      expect([text, finds(text, 'Lin Wen')]).toEqual([text, false]);
    expect(finds('jose', 'JOSÉ Müller')).toBe(true);
    expect(finds('MÜLL', 'José Muller')).toBe(true);
    expect(finds("o'brien", 'Sinéad O’Brien')).toBe(true);
    expect(finds('strasse', 'Anna Straße')).toBe(true);
    expect(finds('ıstanbul', 'İstanbul')).toBe(true);
    expect(finds('οδοσ', 'Οδος')).toBe(true);
  });

  it('F-0701 both in one name, surrogate pairs, emoji, other scripts and right-to-left text', () => {
    for (const text of ['王', '王小明', '明d', 'david', '小明 dav'])
      expect([text, finds(text, '王小明David')]).toEqual([text, true]);
    expect(finds('王', 'Amy王')).toBe(true);
    expect(piecesOf('name', '𠮷野家')).toEqual(['^𠮷', '𠮷野', '野家']);
    expect([finds('𠮷', '𠮷野家'), finds('𠮷野', '𠮷野家'), finds('野', '𠮷野家')]).toEqual([true, true, false]);
    expect([finds('👩‍👩‍👧‍👦', '👩‍👩‍👧‍👦🙏'), finds('❤', '❤️ Amy'), finds('🙏🙏', '👩🙏')]).toEqual([true, true, false]);
    expect([
      finds('김', '김철수'),
      finds('山田太郎', '山田 太郎'),
      finds('がく', 'がくと'),
      finds('かく', 'がくと'),
    ]).toEqual([...[true, true, true, false]]);
    expect([finds('الخط', 'رنا الخطيب'), finds('\u200fرنا\u200f', 'رنا الخطيب'), finds('ب', 'رنا الخطيب')]).toEqual([
      ...[true, true, false],
    ]);
    expect(comparable('й Ёлка 한 が')).toBe('и елка 한 が');
  });

  it('F-0710 what holds nothing to look for asks for nothing', () => {
    for (const text of ['', ' \t\n', '%', '_', '%%__', 'x', "'", '\u200b\u200e', '\ud800', '…', '-', 'a b c']) {
      expect([text, soughtIn(text).filter(({ field }) => field === 'name')]).toEqual([text, []]);
    }
    for (const text of [
      'x'.repeat(81),
      'x'.repeat(1000),
      '𠮷'.repeat(81),
      `a${' '.repeat(5000)}`,
      '名'.repeat(100_000),
    ]) {
      expect(soughtIn(text)).toEqual([]);
    }
    expect(finds('50%_', 'Lin 50')).toBe(true);
    expect(finds('l%n', 'Lin Wen')).toBe(false);
  });

  it('F-0710 a search asks for few pieces and a value leaves so many and no more', () => {
    const long = 'Bartholomew Alexander Montgomery-Featherstonehaugh von Tanne';
    const [sought] = soughtIn(long);
    expect(sought!.pieces).toHaveLength(MOST_SOUGHT);
    expect(finds(long, long)).toBe(true);
    expect(finds('featherstonehaugh tanne', long)).toBe(true);
    expect(
      piecesOf('name', Array.from({ length: 400 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join('')),
    ).toHaveLength(MOST_KEPT);
    expect(piecesOf('name', 'aaaaaaaa')).toEqual(['aa']);
  });

  it('F-0701 a WeChat id is one word with its signs, in any case', () => {
    const of = (text: string) => soughtIn(text).find(({ field }) => field === 'wechat');
    expect(piecesOf('wechat', 'Lin_x-8')).toEqual(['li', 'in', 'n_', '_x', 'x-', '-8']);
    expect([of('LIN_X-8')!.isWhole('lin_x-8'), of('n_x')!.isWhole('lin_x-8'), of('n_x')!.isIn('Lin_x-8')]).toEqual([
      ...[true, false, true],
    ]);
    for (const text of ['l', 'lin x', '林晓', 'a@b', 'x'.repeat(21)])
      expect([text, of(text)]).toEqual([text, undefined]);
  });
});
