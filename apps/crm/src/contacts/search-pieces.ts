/** The short fields that are found by parts of them. */
export type PiecedField = 'name' | 'wechat';

/** In the order in which they are looked through. */
export const PIECED_FIELDS: readonly PiecedField[] = ['name', 'wechat'];

/** True for a field that lies in pieces beside itself. */
export function isPieced(field: string): field is PiecedField {
  return field === 'name' || field === 'wechat';
}

/** A text somebody looks for in one field. */
export interface Sought {
  readonly field: PiecedField;
  /** Pieces that every value with the text has: at most `MOST_SOUGHT`, at least one. */
  readonly pieces: readonly string[];
  /** Pieces say who may be meant; whether a value has the text is told by the value itself. */
  isIn(value: string): boolean;
  /** The text is the whole value. */
  isWhole(value: string): boolean;
}

/** Pieces one search asks for: a name of three Chinese characters has two, the rest is told by the value. */
export const MOST_SOUGHT = 8;
/** Distinct pieces kept of one value; a name may have 80 characters. */
export const MOST_KEPT = 120;
/** Characters of a text that is looked for: no short field holds more. */
const LONGEST_SOUGHT = 80;

/** Scripts and signs of which one character is a word or a surname. */
const WHOLE_SIGN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Extended_Pictographic}]/u;
/** What stands between the words of a name: spaces, dots, hyphens, wild cards. */
const BETWEEN = /[^\p{L}\p{M}\p{N}\p{Extended_Pictographic}]+/u;
/** Joiners and marks of direction, and which picture a sign is drawn as. */
const UNSEEN = /\p{Cf}|[\ufe00-\ufe0f]/gu;
const ACCENTS = /[\u0300-\u036f]/g;
const HANDLE = /^[a-z0-9_-]{2,20}$/;
/** Marks the first character of a run of such signs; it is no letter, so no piece of two begins with it. */
const FIRST = '^';

/**
 * The spelling in which texts are compared: width, case and accents of Latin, Greek and Cyrillic letters do not count
 * (`ＪＯＳÉ` = `jose`), marks of other scripts do, because there they make another word.
 */
export function comparable(text: string): string {
  const folded = text.normalize('NFKC').replace(UNSEEN, '').toUpperCase().toLowerCase().replaceAll('ς', 'σ');
  return folded.normalize('NFD').replace(ACCENTS, '').normalize('NFC');
}

/** The pieces by which `value` is found. */
export function piecesOf(field: PiecedField, value: string): readonly string[] {
  if (field === 'wechat') return distinct(pairsOf(comparable(value).trim()), MOST_KEPT);
  const words = wordsOf(value);
  return distinct([...words.flatMap(firstsOf), ...joined(words).flatMap(pairsOf)], MOST_KEPT);
}

/** What to look for in each field; nothing for a text that is too short, too long or without a letter. */
export function soughtIn(text: string): readonly Sought[] {
  if (text.length > 4 * LONGEST_SOUGHT || [...text.trim()].length > LONGEST_SOUGHT) return [];
  return [nameSought(text), handleSought(text)].filter((sought) => sought !== undefined);
}

/** Each word for itself, so that `小明 王` and `wen lin` find whom `王小明` and `Lin Wen` find. */
function nameSought(text: string): Sought | undefined {
  const words = wordsOf(text);
  const pieces = distinct(words.flatMap(wordPieces), MOST_SOUGHT);
  if (pieces.length === 0) return undefined;
  return {
    field: 'name',
    pieces,
    isIn: (value) => {
      const own = wordsOf(value);
      const firsts = own.flatMap(firstsOf);
      const runs = joined(own);
      return words.every((word) =>
        isSingle(word)
          ? firsts.includes(FIRST + word) || own.some((one) => !WHOLE_SIGN.test(word) && one.startsWith(word))
          : runs.some((run) => run.includes(word)),
      );
    },
    isWhole: (value) => joined(wordsOf(value)).join(' ') === joined(words).join(' '),
  };
}

function handleSought(text: string): Sought | undefined {
  const handle = comparable(text).trim();
  if (!HANDLE.test(handle)) return undefined;
  return {
    field: 'wechat',
    pieces: distinct(pairsOf(handle), MOST_SOUGHT),
    isIn: (value) => comparable(value).includes(handle),
    isWhole: (value) => comparable(value).trim() === handle,
  };
}

function wordsOf(text: string): string[] {
  return comparable(text)
    .split(BETWEEN)
    .filter((word) => word !== '');
}

/** `陈 小明` is written `陈小明` as well: between two such signs a space says nothing. */
function joined(words: readonly string[]): string[] {
  const runs: string[] = [];
  for (const word of words) {
    const before = runs.at(-1);
    const isOne = before !== undefined && WHOLE_SIGN.test([...before].at(-1)!) && WHOLE_SIGN.test([...word][0]!);
    if (isOne) runs[runs.length - 1] = before + word;
    else runs.push(word);
  }
  return runs;
}

/** One Latin letter is in too many names to be looked for; beside other words it still has to begin one. */
function wordPieces(word: string): readonly string[] {
  if (!isSingle(word)) return pairsOf(word);
  return WHOLE_SIGN.test(word) ? [FIRST + word] : [];
}

/** The first sign of each run of them: a surname, wherever it stands in a word of two scripts. */
function firstsOf(word: string): string[] {
  const characters = [...word];
  return characters
    .filter((one, at) => WHOLE_SIGN.test(one) && (at === 0 || !WHOLE_SIGN.test(characters[at - 1]!)))
    .map((one) => FIRST + one);
}

function pairsOf(word: string): string[] {
  const characters = [...word];
  return characters.slice(1).map((second, at) => characters[at]! + second);
}

function isSingle(word: string): boolean {
  return [...word].length === 1;
}

function distinct(pieces: readonly string[], most: number): readonly string[] {
  return [...new Set(pieces)].slice(0, most);
}
