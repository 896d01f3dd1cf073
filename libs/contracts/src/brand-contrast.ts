import type { BrandContrast } from './inbox-protocol.js';

/** Colours that follow from a brand colour (ux 2.10): each reads at 4.5 or more on what it lies on. */
export interface BrandColours {
  readonly brand: string;
  readonly onBrand: '#FFFFFF' | '#000000';
  /** The brand as text on a light page. */
  readonly brandText: string;
  /** The brand as text on a dark page. */
  readonly brandTextDark: string;
}

/** Both honest ways to use a colour, with their contrast. */
export interface BrandWays {
  readonly whiteRatio: number;
  readonly blackRatio: number;
  /** The nearest darker colour on which white can be read. */
  readonly shade: string;
  readonly shadeRatio: number;
  /** What is preset: the shade where it is near. */
  readonly preset: BrandContrast;
}

type Triple = readonly [number, number, number];

const WHITE = '#FFFFFF';
const BLACK = '#000000';
/** Ground of the widget's dark theme. */
const DARK_GROUND = '#15181E';
const READABLE = 4.5;
const STEP = 0.01;
/** Shifts of lightness up to here keep the look of the brand. */
const NEAR = 0.12;

/** True for `#RRGGBB`. */
export function isColour(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text);
}

/** Contrast of two colours after WCAG 2. */
export function contrastRatio(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** What the editor shows about a colour. */
export function brandWays(brand: string): BrandWays {
  const shade = readable(brand, WHITE, -STEP);
  const shift = Math.abs(toOklch(brand)[0] - toOklch(shade)[0]);
  return {
    whiteRatio: contrastRatio(brand, WHITE),
    blackRatio: contrastRatio(brand, BLACK),
    shade,
    shadeRatio: contrastRatio(shade, WHITE),
    preset: shift <= NEAR ? 'shade' : 'keep',
  };
}

/** The colours of the widget for a chosen brand. White x black is always 21, so one of them is at least 4.58. */
export function brandColours(chosen: string, contrast: BrandContrast): BrandColours {
  const brand = (contrast === 'shade' ? readable(chosen, WHITE, -STEP) : chosen).toUpperCase();
  return {
    brand,
    onBrand: contrastRatio(brand, WHITE) >= READABLE ? WHITE : BLACK,
    brandText: readable(chosen, WHITE, -STEP),
    brandTextDark: readable(chosen, DARK_GROUND, STEP),
  };
}

/** Moves lightness step by step until the colour reads on `ground`; what a screen cannot show is cut off at its edge. */
function readable(colour: string, ground: string, step: number): string {
  const [start, chroma, hue] = toOklch(colour);
  for (let moved = 0; ; moved++) {
    const lightness = Math.min(1, Math.max(0, start + moved * step));
    const found = moved === 0 ? colour.toUpperCase() : hexOf(toLinear(lightness, chroma, hue));
    if (contrastRatio(found, ground) >= READABLE || lightness === 0 || lightness === 1) return found;
  }
}

function luminance(colour: string): number {
  const [red, green, blue] = linearOf(colour);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linearOf(colour: string): Triple {
  const part = (at: number): number => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}

function hexOf(rgb: Triple): string {
  const part = (linear: number): string => {
    const bounded = Math.min(1, Math.max(0, linear));
    const value = bounded <= 0.0031308 ? bounded * 12.92 : 1.055 * bounded ** (1 / 2.4) - 0.055;
    return Math.round(value * 255)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${rgb.map(part).join('')}`.toUpperCase();
}

/** sRGB to lightness, chroma and hue of OKLCH (Ottosson's matrices). */
function toOklch(colour: string): Triple {
  const [r, g, b] = linearOf(colour);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const c = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return [0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, Math.hypot(a, c), Math.atan2(c, a)];
}

function toLinear(lightness: number, chroma: number, hue: number): Triple {
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}
