import { describe, expect, it } from 'vitest';
import { cardNumbers, maskCardNumbers } from './card-numbers.js';

/** Made up: a region, a day and a check digit that fit. */
const ID_CARD = '11010519491231002X';
const OTHER_ID = '440524188001010014';

const kinds = (text: string) => cardNumbers(text).map(({ kind }) => kind);

describe('card numbers in a draft', () => {
  it('P-0401 an ID-card number is one by its date and its check digit', () => {
    expect(kinds(`身份证${ID_CARD}。`)).toEqual(['id-card']);
    expect(kinds(ID_CARD.toLowerCase())).toEqual(['id-card']);
    expect(kinds('110105 19491231 002X')).toEqual(['id-card']);
    // A year before 1900, another check digit, the thirteenth month, the thirtieth of February.
    for (const none of [OTHER_ID, '110105194912310021', '11010519491331002X', '11010519490230002X']) {
      expect(kinds(none), none).not.toContain('id-card');
    }
  });

  it('P-0401 a bank-card number is one by Luhn, in 13 to 19 digits, in groups or not', () => {
    expect(kinds('4111 1111 1111 1111')).toEqual(['bank-card']);
    expect(kinds('4111-1111-1111-1111')).toEqual(['bank-card']);
    expect(kinds('4222222222222')).toEqual(['bank-card']);
    expect(kinds(luhnOf('622202123456789012'))).toEqual(['bank-card']);
    for (const none of ['4111111111111112', '411111111111', `${'41111111111111111'}${'1111'}`, '0000000000000000']) {
      expect(kinds(none), none).toEqual([]);
    }
  });

  it('P-0401 ordinary numbers do not cry wolf', () => {
    for (const none of ['13812341234', 'order 20240318100412', '400-820-0000', 'SF1234567890123', '2026-03-18 14:05']) {
      expect(kinds(none), none).toEqual([]);
    }
  });

  it('P-0401 masks leave what screens leave, and everything around them', () => {
    const text = `卡 4111 1111 1111 1111，证 ${ID_CARD} 😀`;
    expect(maskCardNumbers(text)).toBe('卡 **** **** **** 1111，证 110***********002X 😀');
    expect(cardNumbers(maskCardNumbers(text))).toEqual([]);
    expect(text.slice(cardNumbers(text)[1]!.start, cardNumbers(text)[1]!.end)).toBe(ID_CARD);
  });

  it('P-0401 ten thousand digits are looked through at once', () => {
    expect(cardNumbers('1 '.repeat(5_000))).toEqual([]);
  });
});

/** The digits with the check digit that makes them a card. */
function luhnOf(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return digits + String((10 - (sum % 10)) % 10);
}
