import type { CannedLocale, CannedResponse } from '@libs/contracts';

/** What opens a list of suggestions. */
export type TriggerSign = '/' | '@';

/** A word under the caret that asks for suggestions. */
export interface Trigger {
  readonly sign: TriggerSign;
  /** Where the sign stands. */
  readonly start: number;
  readonly query: string;
}

const LONGEST = 32;
const SHOWN = 50;
/** `/` begins a word; `@` may follow Han directly, as people type it, and no letter or digit: that would be an address. */
const BEFORE: Readonly<Record<TriggerSign, RegExp>> = { '/': /(?:^|\s)$/u, '@': /(?:^|[^\p{Script=Latin}\p{N}._-])$/u };

/** The trigger in front of the caret; undefined where there is none. */
export function triggerAt(text: string, caret: number, sign: TriggerSign): Trigger | undefined {
  const before = text.slice(Math.max(0, caret - LONGEST - 1), caret);
  const at = before.lastIndexOf(sign);
  if (at < 0) return undefined;
  const query = before.slice(at + 1);
  const start = caret - query.length - 1;
  if (/\s/u.test(query) || !BEFORE[sign].test(text.slice(0, start))) return undefined;
  return { sign, start, query };
}

/** Those that have the query in shortcut, title or text; the best place first, then the order of the list. */
export function matchingCanned(
  items: readonly CannedResponse[],
  query: string,
  locale: CannedLocale,
): readonly CannedResponse[] {
  const wanted = query.normalize('NFKC').toLowerCase();
  const ranked = items.flatMap((item) => {
    const rank = rankOf(item, wanted);
    return rank < 0 ? [] : [{ item, rank: rank * 2 + (item.locale === null || item.locale === locale ? 0 : 1) }];
  });
  return ranked
    .sort((one, other) => one.rank - other.rank)
    .slice(0, SHOWN)
    .map(({ item }) => item);
}

function rankOf({ shortcut, title, text }: CannedResponse, wanted: string): number {
  if (shortcut.startsWith(wanted)) return 0;
  return [shortcut, title.toLowerCase(), text.toLowerCase()].findIndex((part) => part.includes(wanted));
}

/** The text with a part of it replaced, and where the caret stands then. */
export function replaced(text: string, from: number, to: number, by: string): { text: string; caret: number } {
  return { text: text.slice(0, from) + by + text.slice(to), caret: from + by.length };
}
