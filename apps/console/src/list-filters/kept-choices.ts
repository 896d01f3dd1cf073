import { LIST_SORTS, LIST_STATES, type ListFilter } from '@libs/contracts';
import type { ListChoice } from './list-choice.js';

const KEY = 'custodia.lists';
const WORD = /^[\w-]{1,40}$/;

const words = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string' && WORD.test(one)) : [];

/** Whatever lies there: a filter holds ids and closed words, and nothing else gets in. */
function filterOf(kept: unknown): ListFilter {
  if (typeof kept !== 'object' || kept === null) return {};
  const { inbox, label, state, assignee, unread, waiting } = kept as Record<string, unknown>;
  return {
    inbox: words(inbox),
    label: words(label),
    state: words(state).flatMap((one) => LIST_STATES.find((known) => known === one) ?? []),
    assignee: words(assignee),
    unread: unread === true,
    ...(Number.isInteger(waiting) && Number(waiting) > 0 ? { waiting: Number(waiting) } : {}),
  };
}

/** Choices as they were written; damaged ones are none. */
export function parseChoices(text: string | null): ReadonlyMap<string, ListChoice> {
  try {
    const kept: unknown = JSON.parse(text ?? '[]');
    if (!Array.isArray(kept)) return new Map();
    return new Map(
      kept.flatMap((one: unknown): [string, ListChoice][] => {
        const [place, choice] = Array.isArray(one) ? one : [];
        if (typeof place !== 'string' || !WORD.test(place) || typeof choice !== 'object' || choice === null) return [];
        const sort = LIST_SORTS.find((known) => known === choice.sort) ?? 'newest';
        return [[place, { filter: filterOf(choice.filter), sort }]];
      }),
    );
  } catch {
    return new Map();
  }
}

/** What this tab kept over a reload; it ends with the tab. */
export function keptChoices(): ReadonlyMap<string, ListChoice> {
  try {
    return parseChoices(sessionStorage.getItem(KEY));
  } catch {
    // Storage refused: choices then live as long as the page.
    return new Map();
  }
}

export function keepChoices(choices: ReadonlyMap<string, ListChoice>): void {
  try {
    if (choices.size === 0) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify([...choices]));
  } catch {
    // See `keptChoices`.
  }
}
