import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { antdTheme } from './antd-theme.js';
import { DARK, LIGHT, type Palette } from './tokens.js';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8').toLowerCase();

function declared(block: string): Record<string, string> {
  const pairs = [...block.matchAll(/--c-([\w-]+): (#[0-9a-f]{6});/g)];
  return Object.fromEntries(pairs.map((pair) => [pair[1], pair[2]]));
}

const lower = (palette: Palette) =>
  Object.fromEntries(Object.entries(palette).map(([name, value]) => [name, value.toLowerCase()]));

const channel = (value: number) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => channel(Number.parseInt(hex.slice(at, at + 2), 16) / 255));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}
function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

describe('tokens', () => {
  it('are the same in the style sheet and in the theme of the components', () => {
    const [light, darkBySystem, dark] = css.split(/@media|:root\[data-theme="dark"\]/);
    expect(declared(light!)).toEqual(lower(LIGHT));
    expect(declared(darkBySystem!)).toEqual(lower(DARK));
    expect(declared(dark!)).toEqual(lower(DARK));
  });

  it.each([
    ['light', LIGHT],
    ['dark', DARK],
  ] as const)('keep text readable on the two extreme grounds (%s)', (_name, palette) => {
    for (const text of ['text-1', 'text-2', 'text-3', 'primary-text'] as const) {
      expect(contrast(palette[text], palette.surface)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(palette[text], palette.selected)).toBeGreaterThanOrEqual(4.5);
    }
    for (const tint of ['success', 'warning', 'error', 'info', 'note', 'privacy'] as const) {
      expect(contrast(palette[tint], palette[`${tint}-bg`])).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(palette['border-control'], palette.surface)).toBeGreaterThanOrEqual(3);
  });

  it('reach the components after the dark algorithm, which would derive other values', () => {
    const theme = antdTheme('dark');
    const algorithms = theme.algorithm as readonly ((seed: never, map?: never) => Record<string, unknown>)[];
    const pinned = algorithms[1]!({} as never, { colorPrimary: '#000000', other: 1 } as never);
    expect(pinned).toMatchObject({ colorPrimary: DARK.primary, colorError: DARK.danger, other: 1 });
  });
});
