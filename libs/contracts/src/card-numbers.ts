/** A number that says who somebody is or how they pay. */
export type CardKind = 'id-card' | 'bank-card';

/** Where one stands in a text; offsets in UTF-16 code units, end exclusive. */
export interface CardNumber {
  readonly kind: CardKind;
  readonly start: number;
  readonly end: number;
}

/** A text with stars in place of such numbers, and where the stars are. */
export interface HiddenNumbers {
  readonly text: string;
  readonly hidden: readonly CardNumber[];
}

/** Digits without anything between them, perhaps with a closing X. */
interface Group extends Omit<CardNumber, 'kind'> {
  readonly digits: string;
}

/** What a text speaks of, looked up once and only where a number asks. */
class Words {
  private idCards: boolean | undefined;
  private cards: boolean | undefined;

  constructor(private readonly text: string) {}

  get ofIdCards(): boolean {
    this.idCards ??= ID_WORDS.test(this.text);
    return this.idCards;
  }

  get ofCards(): boolean {
    this.cards ??= CARD_WORDS.test(this.text);
    return this.cards;
  }
}

/** What keyboards and copies make of digits, spaces and dashes: each one code unit, so that places stay. */
const WIDE_DIGIT = '\\uff10-\\uff19';
const SPACES = '\\u00a0\\u2000-\\u200a\\u202f\\u3000';
const DASHES = '\\u2010-\\u2015\\u2212\\uff0d';

/** What every number of a card has. Nearly all texts of a chat fail it, so it is all that they cost. */
const LONG = new RegExp(`[\\d${WIDE_DIGIT}](?:[ \\-${SPACES}${DASHES}]?[\\d${WIDE_DIGIT}]){11}`);
const ODD = new RegExp(`[${WIDE_DIGIT}${SPACES}${DASHES}\\uff38\\uff58]`, 'g');
const SPACE = new RegExp(`[${SPACES}]`);
const DASH = new RegExp(`[${DASHES}]`);
/** From wide to ordinary characters. */
const WIDE = 0xfee0;

const TOKENS = /[0-9A-Za-z]+/g;
const GROUP = /^(?:\d+[Xx]?|[Xx])$/;
const ID_WORDS = /身份证|身份證|证件号|\bID (?:card|number|no)/i;
const CARD_WORDS =
  /卡号|卡號|银行卡|銀行卡|储蓄卡|借记卡|信用卡|工资卡|银联|(?:bank|debit|credit) card|card n(?:o|umber)/i;

const ID_CARD = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)\d{15}[\dXx]$/;
const OLD_ID_CARD = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)\d{13}$/;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';
const YEARS = { first: 1900, last: 2099 } as const;

const UNION_PAY = /^62\d{14,17}$/;
/**
 * Beginnings that card schemes have, with their lengths: one order number or time stamp in ten passes Luhn, and whoever
 * helps with an order must be able to read its number.
 */
const SCHEMES = [
  UNION_PAY,
  /^(?:6[06-9]|81|9558)\d{12,17}$/,
  /^4(?:\d{12}|\d{15}|\d{18})$/,
  /^5(?:[1-5]\d{14}|[0678]\d{14}(?:\d{3})?)$/,
  /^2(?:20[0-4]|22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}$/,
  /^(?:64[4-9]|65\d|35(?:2[89]|[3-8]\d))\d{12,13}$/,
  /^3(?:[47]\d{13}|(?:0[0-5]|[68]\d)\d{11})$/,
];
/** Longest number of a card. */
const MOST_DIGITS = 19;
const FEWEST_DIGITS = 13;
const REGION_DIGITS = 6;
const ZERO = 0x30;
const NONE: readonly CardNumber[] = [];
/** Digits of a card that stay readable. */
const SHOWN_OF_CARD = 4;
const SHOWN_OF_REGION = 3;

/**
 * ID-card numbers (region, date of birth, check digit; the old ones of 15 digits where the text speaks of such a card)
 * and bank-card numbers (13 to 19 digits of a card scheme that pass Luhn; of UnionPay also those that do not, where the
 * text speaks of a card), in order.
 */
export function cardNumbers(text: string): readonly CardNumber[] {
  if (!LONG.test(text)) return NONE;
  const plain = text.replace(ODD, ordinary);
  const words = new Words(plain);
  return runsOf(plain).flatMap((run) => numbersIn(run, words));
}

/** The text with the same stars that screens show: `110***********1234`, `**** **** **** 1234`. */
export function maskCardNumbers(text: string): string {
  return hideCardNumbers(text)?.text ?? text;
}

/** The same with the places of the stars; undefined where there is nothing to hide. */
export function hideCardNumbers(text: string): HiddenNumbers | undefined {
  const found = cardNumbers(text);
  if (found.length === 0) return undefined;
  const hidden: CardNumber[] = [];
  let masked = '';
  let after = 0;
  for (const { kind, start, end } of found) {
    masked += text.slice(after, start);
    const at = masked.length;
    masked += maskOf(kind, text.slice(start, end).replace(ODD, ordinary).replace(/[ -]/g, '').toUpperCase());
    hidden.push({ kind, start: at, end: masked.length });
    after = end;
  }
  return { text: masked + text.slice(after), hidden };
}

function maskOf(kind: CardKind, digits: string): string {
  const last = digits.slice(-SHOWN_OF_CARD);
  if (kind === 'bank-card') return `**** **** **** ${last}`;
  return digits.slice(0, SHOWN_OF_REGION) + '*'.repeat(digits.length - SHOWN_OF_REGION - SHOWN_OF_CARD) + last;
}

function ordinary(character: string): string {
  if (SPACE.test(character)) return ' ';
  if (DASH.test(character)) return '-';
  return String.fromCharCode(character.charCodeAt(0) - WIDE);
}

/** Groups of digits that follow each other with one space or dash between. */
function runsOf(text: string): readonly (readonly Group[])[] {
  const runs: Group[][] = [];
  let run: Group[] = [];
  for (const { 0: token, index: start } of text.matchAll(TOKENS)) {
    const isGroup = GROUP.test(token);
    const last = run.at(-1);
    if (!isGroup || !last || start !== last.end + 1 || !isLink(text.charCodeAt(last.end))) run = [];
    if (!isGroup) continue;
    if (run.length === 0) runs.push(run);
    run.push({ digits: token, start, end: start + token.length });
  }
  return runs;
}

/** A space or a dash. */
function isLink(code: number): boolean {
  return code === 0x20 || code === 0x2d;
}

/** What people group may stand beside more digits, e.g. a card beside its date: each beginning is looked at. */
function numbersIn(run: readonly Group[], words: Words): readonly CardNumber[] {
  const found: CardNumber[] = [];
  for (let from = 0; from < run.length; ) {
    const number = numberAt(run, from, words);
    if (number) found.push(number.place);
    from = number?.to ?? from + 1;
  }
  return found;
}

/** The longest number that begins with the group `from`: all of the run, in fours, as region-birth-order, or in one piece. */
function numberAt(
  run: readonly Group[],
  from: number,
  words: Words,
): { readonly place: CardNumber; readonly to: number } | undefined {
  const first = run[from]!.digits.length;
  let digits = '';
  let best: { readonly place: CardNumber; readonly to: number } | undefined;
  let fours = true;
  for (let at = from; at < run.length && digits.length < MOST_DIGITS; at++) {
    const here = run[at]!;
    digits += here.digits;
    const to = at + 1;
    const isShape =
      to === from + 1 ||
      (fours && here.digits.length <= SHOWN_OF_CARD) ||
      (first === REGION_DIGITS && to - from <= 4) ||
      (from === 0 && to === run.length);
    const kind = isShape ? kindOf(digits, words) : undefined;
    if (kind) best = { place: { kind, start: run[from]!.start, end: here.end }, to };
    fours &&= here.digits.length === SHOWN_OF_CARD;
  }
  return best;
}

function kindOf(digits: string, words: Words): CardKind | undefined {
  const { length } = digits;
  if (length < FEWEST_DIGITS || length > MOST_DIGITS) return undefined;
  if (length === 18 && isIdCard(digits)) return 'id-card';
  if (length === 15 && isOldIdCard(digits) && words.ofIdCards) return 'id-card';
  if (isBankCard(digits) || (UNION_PAY.test(digits) && words.ofCards)) return 'bank-card';
  return undefined;
}

/** GB 11643: region, date of birth, order, check digit by ISO 7064 mod 11-2. */
function isIdCard(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < WEIGHTS.length; at++) sum += WEIGHTS[at]! * (digits.charCodeAt(at) - ZERO);
  return CHECKS[sum % 11] === digits[17]!.toUpperCase() && ID_CARD.test(digits) && isDate(digits.slice(6, 14));
}

/** Until 1999: two digits of the year, no check digit. */
function isOldIdCard(digits: string): boolean {
  return OLD_ID_CARD.test(digits) && isDate(`19${digits.slice(6, 12)}`);
}

function isDate(digits: string): boolean {
  const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)].map(Number) as [
    number,
    number,
    number,
  ];
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= YEARS.first && year <= YEARS.last && date.getUTCMonth() === month - 1 && day > 0;
}

function isBankCard(digits: string): boolean {
  return passesLuhn(digits) && SCHEMES.some((scheme) => scheme.test(digits)) && !/^(\d)\1+$/.test(digits);
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = digits.length - 1, doubled = false; at >= 0; at--, doubled = !doubled) {
    const digit = digits.charCodeAt(at) - ZERO;
    sum += !doubled ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}
