import { pinyinInitials } from './pinyin-initials.js';

const known = new Map<string, readonly string[]>();

function initialsOf(text: string): readonly string[] {
  const held = known.get(text);
  if (held) return held;
  const made = pinyinInitials(text);
  known.set(text, made);
  return made;
}

function folded(text: string): string {
  return text.normalize('NFKC').toLocaleLowerCase('en').trim();
}

/** How well a text answers what was typed: 3 begins with it, 2 has a word that does, 1 has it inside, 0 not at all. */
export function matchOf(typed: string, text: string): 0 | 1 | 2 | 3 {
  const wish = folded(typed);
  const whole = folded(text);
  if (wish === '' || whole.startsWith(wish)) return 3;
  if (whole.split(/[\s/·,-]+/).some((word) => word.startsWith(wish))) return 2;
  const initials = /^[a-z0-9]+$/.test(wish) ? initialsOf(text) : [];
  if (initials.some((letters) => letters.startsWith(wish))) return 2;
  return whole.includes(wish) || initials.some((letters) => letters.includes(wish)) ? 1 : 0;
}

interface Findable {
  /** Its own names, in every language. */
  readonly texts: readonly string[];
  /** Names of what it belongs to: found by them too, after everything that has the name itself. */
  readonly within?: readonly string[];
}

function rankOf(typed: string, { texts, within = [] }: Findable): number {
  const own = Math.max(0, ...texts.map((text) => matchOf(typed, text)));
  return own > 0 ? own + 1 : within.some((text) => matchOf(typed, text) > 1) ? 1 : 0;
}

/** Those that match, best first; alike in the order they came in. */
export function bestFirst<T extends Findable>(typed: string, all: readonly T[]): readonly T[] {
  return all
    .map((one) => ({ one, rank: rankOf(typed, one) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ one }) => one);
}
