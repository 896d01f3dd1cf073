import { describe, expect, it } from 'vitest';
import { brandColours, brandWays, contrastRatio } from './brand-contrast.js';

const TABLE = [
  ['#3654CC', 6.37, 3.3, '#FFFFFF', '#3654CC', '#577BF1'],
  ['#1677FF', 4.1, 5.12, '#000000', '#066DF3', '#207EFF'],
  ['#07C160', 2.38, 8.81, '#000000', '#008931', '#07C160'],
  ['#E60012', 4.8, 4.37, '#FFFFFF', '#E60012', '#F72E2B'],
  ['#FF6A00', 2.87, 7.31, '#000000', '#D14600', '#FF6A00'],
  ['#FFD400', 1.43, 14.67, '#000000', '#937000', '#FFD400'],
  ['#FFFFFF', 1, 21, '#000000', '#747474', '#FFFFFF'],
] as const;

describe('brand colours', () => {
  it.each(TABLE)('F-0303 %s reads at 4.5 in both ways', (brand, white, black, onBrand, light, dark) => {
    const ways = brandWays(brand);
    expect([ways.whiteRatio, ways.blackRatio].map((ratio) => Number(ratio.toFixed(2)))).toEqual([white, black]);
    const kept = brandColours(brand, 'keep');
    expect(kept).toMatchObject({ brand, onBrand });
    expect(contrastRatio(kept.brand, kept.onBrand)).toBeGreaterThanOrEqual(4.5);
    expect(contrastRatio(kept.brandText, '#FFFFFF')).toBeGreaterThanOrEqual(4.5);
    expect(contrastRatio(kept.brandTextDark, '#15181E')).toBeGreaterThanOrEqual(4.5);
    expect([far(kept.brandText, light), far(kept.brandTextDark, dark)]).toEqual([false, false]);
    expect(brandColours(brand, 'shade').onBrand).toBe('#FFFFFF');
  });

  it('F-0303 the shade is preset where it is near, the colour kept where it is not', () => {
    expect(['#1677FF', '#FFD400'].map((brand) => brandWays(brand).preset)).toEqual(['shade', 'keep']);
  });
});

/** The page rounds differently, by a step of lightness; a different colour does not pass. */
function far(one: string, other: string): boolean {
  return [1, 3, 5].some((at) => Math.abs(byte(one, at) - byte(other, at)) > 16);
}

function byte(colour: string, at: number): number {
  return Number.parseInt(colour.slice(at, at + 2), 16);
}
