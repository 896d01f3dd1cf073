/**
 * The first letter of each Han character, from the order in which browsers sort by pinyin: between the first
 * character of one letter and that of the next. It covers names that members give too, and weighs nothing.
 */
const FIRSTS = [...'阿八嚓哒妸发旮哈讥咔垃妈拏噢妑七呥仨他屲夕丫帀'];
const LETTERS = [...'abcdefghjklmnopqrstwxyz'];
const byPinyin = new Intl.Collator('zh-u-co-pinyin');
const HAN = /\p{Script=Han}/u;

/** Characters with two readings that words on screen use in the one that sorting does not know. */
const ALSO: Readonly<Record<string, string>> = { 重: 'c', 调: 't', 长: 'z', 行: 'h', 会: 'k', 还: 'h', 单: 's' };

function initialOf(character: string): string {
  if (!HAN.test(character)) return character.toLowerCase();
  const after = FIRSTS.findIndex((first) => byPinyin.compare(character, first) < 0);
  return LETTERS[after === -1 ? LETTERS.length - 1 : Math.max(after - 1, 0)]!;
}

/** What of a text may be typed by its initials: 重新打开 is zxdk and cxdk. */
export function pinyinInitials(text: string): readonly string[] {
  if (!HAN.test(text)) return [];
  const characters = [...text].filter((character) => /[\p{L}\p{N}]/u.test(character));
  const usual = characters.map(initialOf).join('');
  const other = characters.map((character) => ALSO[character] ?? initialOf(character)).join('');
  return usual === other ? [usual] : [usual, other];
}
