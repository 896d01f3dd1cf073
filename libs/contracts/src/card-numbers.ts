/** A number that says who somebody is or how they pay. */
export type CardKind = 'id-card' | 'bank-card';

/** Where one stands in a text; offsets in UTF-16 code units, end exclusive. */
export interface CardNumber {
  readonly kind: CardKind;
  readonly start: number;
  readonly end: number;
}

/** Runs of digits as people type them: in groups, with spaces or dashes between; the last of an ID number may be X. */
const RUNS = /(?<![\dA-Za-z])\d(?:[ -]?\d){11,21}(?:[ -]?[Xx])?(?![\dA-Za-z])/g;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';
const YEARS = { first: 1900, last: 2099 } as const;
/** Digits of a card that stay readable. */
const SHOWN_OF_CARD = 4;

/** ID-card numbers (check digit, date of birth) and bank-card numbers (Luhn, 13 to 19 digits), in order. */
export function cardNumbers(text: string): readonly CardNumber[] {
  return [...text.matchAll(RUNS)].flatMap(({ 0: run, index }): readonly CardNumber[] => {
    const digits = run.replace(/[ -]/g, '').toUpperCase();
    const place = { start: index, end: index + run.length };
    if (isIdCard(digits)) return [{ kind: 'id-card', ...place }];
    return isBankCard(digits) ? [{ kind: 'bank-card', ...place }] : [];
  });
}

/** The text with the same stars that screens show: `110***********1234`, `**** **** **** 1234`. */
export function maskCardNumbers(text: string): string {
  let masked = '';
  let after = 0;
  for (const { kind, start, end } of cardNumbers(text)) {
    masked += text.slice(after, start) + maskOf(kind, text.slice(start, end).replace(/[ -]/g, ''));
    after = end;
  }
  return masked + text.slice(after);
}

function maskOf(kind: CardKind, digits: string): string {
  const last = digits.slice(-SHOWN_OF_CARD);
  return kind === 'id-card' ? `${digits.slice(0, 3)}***********${last}` : `**** **** **** ${last}`;
}

/** GB 11643: region, date of birth, order, check digit by ISO 7064 mod 11-2. */
function isIdCard(digits: string): boolean {
  if (!/^[1-9]\d{16}[\dX]$/.test(digits) || !isDate(digits.slice(6, 14))) return false;
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  return CHECKS[sum % 11] === digits[17];
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
  if (!/^[1-9]\d{12,18}$/.test(digits) || /^(\d)\1+$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, at) => total + luhn(Number(digit), at % 2 === 1), 0);
  return sum % 10 === 0;
}

function luhn(digit: number, doubled: boolean): number {
  if (!doubled) return digit;
  return digit > 4 ? digit * 2 - 9 : digit * 2;
}
