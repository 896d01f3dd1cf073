import { describe, expect, it } from 'vitest';
import { type CardNumber, cardNumbers, hideCardNumbers, maskCardNumbers } from './card-numbers.js';

/** Made up: a region, a day and a check digit that fit. */
const ID_CARD = '11010519491231002X';
const OTHER_ID = '440524188001010014';
const OLD_ID = '110105491231002';
const UNION_PAY = luhnOf('622202123456789012');

const kinds = (text: string) => cardNumbers(text).map(({ kind }) => kind);
const found = (text: string) => cardNumbers(text).map(({ start, end }) => text.slice(start, end));

describe('card numbers in a text', () => {
  it('P-0401 an ID-card number is one by its region, its date and its check digit', () => {
    expect(kinds(`身份证${ID_CARD}。`)).toEqual(['id-card']);
    expect(kinds(ID_CARD.toLowerCase())).toEqual(['id-card']);
    expect(kinds('110105 19491231 002X')).toEqual(['id-card']);
    expect(kinds('110105-19491231-002-x')).toEqual(['id-card']);
    // A year before 1900, another check digit, the thirteenth month, the thirtieth of February, no province.
    for (const none of [OTHER_ID, '110105194912310021', '11010519491331002X', '11010519490230002X']) {
      expect(kinds(none), none).not.toContain('id-card');
    }
    expect(kinds(idOf('990105194912310'))).toEqual([]);
  });

  it('P-0401 the old one of 15 digits is one where the text says so', () => {
    expect(kinds(`旧身份证 ${OLD_ID}`)).toEqual(['id-card']);
    expect(kinds(`my ID card: ${OLD_ID}`)).toEqual(['id-card']);
    expect(kinds(`订单 ${OLD_ID}`)).toEqual([]);
    expect(kinds('身份证 110105491331002')).toEqual([]);
  });

  it('P-0401 a bank-card number is one by its scheme and Luhn, in 13 to 19 digits, in groups or not', () => {
    expect(kinds('4111 1111 1111 1111')).toEqual(['bank-card']);
    expect(kinds('4111-1111-1111-1111')).toEqual(['bank-card']);
    expect(kinds('4222222222222')).toEqual(['bank-card']);
    expect(kinds('378282246310005 5555555555554444 3530111333300000 30569309025904')).toHaveLength(4);
    expect(kinds(UNION_PAY)).toEqual(['bank-card']);
    for (const none of ['4111111111111112', '411111111111', `${'41111111111111111'}${'1111'}`, '0000000000000000']) {
      expect(kinds(none), none).toEqual([]);
    }
  });

  it('P-0401 one of UnionPay that fails Luhn needs a word', () => {
    const wrong = `${UNION_PAY.slice(0, -1)}${(Number(UNION_PAY.at(-1)) + 1) % 10}`;
    expect(kinds(`卡号 ${wrong}`)).toEqual(['bank-card']);
    expect(kinds(`运单 ${wrong}`)).toEqual([]);
  });

  it('P-0401 what stands beside it does not hide it', () => {
    expect(found(`${ID_CARD} 13812341234`)).toEqual([ID_CARD]);
    expect(found(`13812341234 ${ID_CARD}`)).toEqual([ID_CARD]);
    expect(found('4111 1111 1111 1111 123')).toEqual(['4111 1111 1111 1111']);
    expect(found('4111111111111111 2027')).toEqual(['4111111111111111']);
    expect(found(`4111111111111111-5555555555554444 ${ID_CARD}`)).toHaveLength(3);
    expect(found('(4111111111111111)，“5555555555554444”')).toHaveLength(2);
  });

  it('P-0401 digits, spaces and dashes of other keyboards are the same', () => {
    expect(found('卡４１１１１１１１１１１１１１１１。')).toEqual(['４１１１１１１１１１１１１１１１']);
    expect(found('4111\u00a01111\u20131111\u30001111')).toHaveLength(1);
    expect(hideCardNumbers('１１０１０５１９４９１２３１００２Ｘ')?.text).toBe('110***********002X');
  });

  it('P-0401 ordinary numbers do not cry wolf', () => {
    const order = ['20240318100412', '2024031810041234', '1234567890123456789', '3712345678901234567'];
    for (const none of ['13812341234', `order ${order[0]}`, '400-820-0000', 'SF1234567890123', '2026-03-18 14:05']) {
      expect(kinds(none), none).toEqual([]);
    }
    for (const none of order) expect(kinds(none), none).toEqual([]);
    // A time in milliseconds, whatever its last digits are.
    for (let at = 1_770_000_000_000; at < 1_770_000_000_200; at++) expect(kinds(`${at}`), `${at}`).toEqual([]);
  });

  it('P-0401 masks leave what screens leave, and everything around them', () => {
    const text = `卡 4111 1111 1111 1111，证 ${ID_CARD} 😀`;
    expect(maskCardNumbers(text)).toBe('卡 **** **** **** 1111，证 110***********002X 😀');
    expect(maskCardNumbers(`身份证${OLD_ID}`)).toBe('身份证110********1002');
    expect(cardNumbers(maskCardNumbers(text))).toEqual([]);
    expect(text.slice(cardNumbers(text)[1]!.start, cardNumbers(text)[1]!.end)).toBe(ID_CARD);
    expect(hideCardNumbers('卡 4111')).toBeUndefined();
  });

  it('P-0401 ten thousand digits are looked through at once', () => {
    expect(cardNumbers('1 '.repeat(5_000))).toEqual([]);
    expect(cardNumbers('1111 '.repeat(2_000)).length).toBe(0);
    expect(cardNumbers('110105 '.repeat(1_428))).toEqual([]);
  });
});

describe('whatever stands around it', () => {
  it('P-0401 P-1004 a number is hidden, its places hold stars, and all else stays', () => {
    const random = randomOf(7);
    for (let run = 0; run < 600; run++) {
      const numbers = Array.from({ length: 1 + Math.floor(random() * 3) }, () => numberBy(random));
      const between = numbers.map(() => wordsBy(random));
      const text = numbers.map((number, at) => `${between[at]}${number}`).join('') + wordsBy(random);
      const hidden = hideCardNumbers(text);
      expect(cardNumbers(text), text).toHaveLength(numbers.length);
      expect(remaining(hidden!.text, hidden!.hidden), text).toBe(remaining(text, cardNumbers(text)));
      for (const number of numbers) expect(hidden!.text, text).not.toContain(number);
      for (const { start, end } of hidden!.hidden) {
        const stars = hidden!.text.slice(start, end);
        expect(stars.replace(/[* ]/g, '').length, stars).toBeLessThanOrEqual(7);
        expect(stars, text).toContain('****');
      }
    }
  });

  it('P-0401 places lie in order inside the text, whatever the text is', () => {
    const random = randomOf(11);
    const alphabet = [...'0123456789012345678901234567894444 6262--Xx汉😀１９ab'];
    for (let run = 0; run < 2_000; run++) {
      const text = Array.from({ length: Math.floor(random() * 80) }, () => pick(alphabet, random)).join('');
      let after = 0;
      for (const { start, end } of cardNumbers(text)) {
        expect(start, text).toBeGreaterThanOrEqual(after);
        expect(end, text).toBeGreaterThan(start);
        after = end;
      }
      expect(after, text).toBeLessThanOrEqual(text.length);
    }
  });
});

function remaining(text: string, places: readonly CardNumber[]): string {
  let rest = '';
  let after = 0;
  for (const { start, end } of places) {
    rest += `${text.slice(after, start)}|`;
    after = end;
  }
  return rest + text.slice(after);
}

/** An identity or bank card that is nobody's, as people type it. */
function numberBy(random: () => number): string {
  const digits = (count: number) => Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
  if (random() < 0.5) {
    const day = `${1900 + Math.floor(random() * 150)}0${1 + Math.floor(random() * 9)}${10 + Math.floor(random() * 18)}`;
    const made = idOf(`440106${day}${digits(3)}`);
    return random() < 0.5 ? made : `${made.slice(0, 6)} ${made.slice(6, 14)} ${made.slice(14)}`;
  }
  const made = luhnOf(`62${digits(13 + Math.floor(random() * 4))}`);
  return random() < 0.5 ? made : made.replace(/(.{4})(?=.)/g, pick(['$1 ', '$1-'], random));
}

function wordsBy(random: () => number): string {
  return pick(['卡号：', '，我的身份证是 ', ' and 13812341234, ', '。😀', '\n', ' (', ', no. '], random);
}

function pick<T>(items: readonly T[], random: () => number): T {
  return items[Math.floor(random() * items.length)]!;
}

/** Numbers from 0 to 1 that are the same in each run. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The digits with the check digit of GB 11643. */
function idOf(digits: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  return digits + '10X98765432'[sum % 11];
}

/** The digits with the check digit that makes them a card. */
function luhnOf(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return digits + String((10 - (sum % 10)) % 10);
}
