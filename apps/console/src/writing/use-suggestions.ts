import type { CannedResponse, ConversationSummary } from '@libs/contracts';
import { fillVariables, openVariables } from '@libs/contracts';
import { type KeyboardEvent, type RefObject, useState } from 'react';
import type { OutgoingKind } from '../conversations/outgoing-queue.js';
import { useColleagues } from '../conversations/use-hand-over.js';
import { useMe } from '../session/session.js';
import { useWords } from '../words/use-words.js';
import type { Colleague } from './named.js';
import { matchingCanned, replaced, type Trigger, triggerAt } from './suggestion.js';
import { useCanned, useVariableValues } from './use-canned.js';

/** One line of the list. */
export type Suggestion =
  | { readonly kind: 'canned'; readonly id: string; readonly canned: CannedResponse; readonly filled: string }
  | { readonly kind: 'colleague'; readonly id: string; readonly colleague: Colleague };

export interface SuggestionPorts {
  readonly row: ConversationSummary;
  readonly mode: OutgoingKind;
  readonly text: string;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  write(text: string): void;
  onNamed(colleague: Colleague): void;
}

/** The list under the caret: canned responses after `/`, in notes colleagues after `@`. */
export function useSuggestions({ row, mode, text, field, write, onNamed }: SuggestionPorts) {
  const [trigger, setTrigger] = useState<Trigger>();
  const [active, setActive] = useState(0);
  const found = useFound(row, trigger);
  const look = (next: string, caret: number) => {
    const slash = triggerAt(next, caret, '/');
    setTrigger(slash ?? (mode === 'note' ? triggerAt(next, caret, '@') : undefined));
    setActive(0);
  };
  const close = () => setTrigger(undefined);
  const pick = (one: Suggestion) => {
    if (!trigger) return;
    const end = trigger.start + 1 + trigger.query.length;
    const by = one.kind === 'canned' ? one.filled : `@${one.colleague.name} `;
    const { text: next, caret } = replaced(text, trigger.start, end, by);
    write(next);
    close();
    if (one.kind === 'colleague') onNamed(one.colleague);
    const [open] = one.kind === 'canned' ? openVariables(by) : [];
    const from = trigger.start;
    requestAnimationFrame(() => select(field.current, open ? [from + open.start, from + open.end] : [caret, caret]));
  };
  const open = (sign: '/' | '@') => begin(sign, field.current, write, look);
  const press = (event: KeyboardEvent): boolean => {
    if (!trigger) return false;
    if (event.key === 'Escape') return done(event, close);
    if (found.length === 0) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) return done(event, () => setActive((active + step + found.length) % found.length));
    if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.metaKey) return false;
    return done(event, () => pick(found[active]!));
  };
  return { trigger, found, active, setActive, look, close, pick, press, open };
}

export type Suggestions = ReturnType<typeof useSuggestions>;

function useFound(row: ConversationSummary, trigger: Trigger | undefined): readonly Suggestion[] {
  const { locale } = useWords();
  const me = useMe();
  const { data } = useCanned(trigger?.sign === '/');
  const colleagues = useColleagues(trigger?.sign === '@').data?.items ?? [];
  const values = useVariableValues(row, data);
  if (!trigger) return [];
  if (trigger.sign === '/') {
    return matchingCanned(data?.items ?? [], trigger.query, locale).map((canned) => {
      return { kind: 'canned', id: canned.id, canned, filled: fillVariables(canned.text, values) };
    });
  }
  const wanted = trigger.query.toLowerCase();
  return colleagues
    .filter(({ id, name }) => id !== me.memberId && name.toLowerCase().includes(wanted))
    .map((colleague) => ({ kind: 'colleague', id: colleague.id, colleague }));
}

function done(event: KeyboardEvent, run: () => void): true {
  event.preventDefault();
  event.stopPropagation();
  run();
  return true;
}

/** By a button: the sign is written where the caret is. */
function begin(
  sign: '/' | '@',
  area: HTMLTextAreaElement | null,
  write: (text: string) => void,
  look: (text: string, caret: number) => void,
): void {
  if (!area) return;
  const { value, selectionStart: from, selectionEnd: to } = area;
  const gap = from > 0 && !/\s/u.test(value[from - 1]!) ? ' ' : '';
  const { text, caret } = replaced(value, from, to, gap + sign);
  write(text);
  look(text, caret);
  requestAnimationFrame(() => select(area, [caret, caret]));
}

export function select(area: HTMLTextAreaElement | null, [from, to]: readonly [number, number]): void {
  area?.focus();
  area?.setSelectionRange(from, to);
}
