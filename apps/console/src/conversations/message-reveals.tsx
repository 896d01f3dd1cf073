import type { ConversationSummary } from '@libs/contracts';
import {
  createContext,
  type ReactNode,
  type RefObject,
  useContext,
  useEffect,
  useMemo,
  useReducer,
  useRef,
} from 'react';
import { api } from '../session/api.js';
import { rights } from '../session/rights.js';
import { useMe } from '../session/session.js';
import { HIDDEN, revealStep } from '../values/reveal-state.js';
import { lacksReason, type Reveals, useHiding } from '../values/use-reveal.js';

/** What may be done about stars in messages: nothing with this role, nothing while one looks on, or reveals by seq. */
export type MessageReveals = 'no-permission' | 'take-over' | Reveals<number>;

const Context = createContext<MessageReveals>('no-permission');

export const useMessageReveals = (): MessageReveals => useContext(Context);

interface RevealingProps {
  readonly row: ConversationSummary;
  /** The element whose loss of focus hides what is shown. */
  readonly record: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
}

/** One message of the conversation at a time is shown with its numbers. */
export function RevealingMessages({ row, record, children }: RevealingProps) {
  const me = useMe();
  const reveals = useReveals(row.id, record);
  const looksOn = row.state !== 'resolved' && row.assigneeId !== null && row.assigneeId !== me.memberId;
  const may = rights.revealNumbers(me.role) ? (looksOn ? 'take-over' : reveals) : 'no-permission';
  return <Context.Provider value={may}>{children}</Context.Provider>;
}

function useReveals(conversationId: string, record: RefObject<HTMLElement | null>): Reveals<number> {
  const [{ reveal }, step] = useReducer(revealStep<number>, HIDDEN);
  const asked = useRef<unknown>(null);
  useEffect(() => {
    if (reveal.phase !== 'waiting' || asked.current === reveal) return;
    asked.current = reveal;
    const { field, given } = reveal;
    api.revealMessage(conversationId, field, given).then(
      ({ text }) => step({ type: 'answered', field, value: text, now: Date.now() }),
      (error: unknown) => step({ type: 'failed', field, error, askReason: lacksReason(error) }),
    );
  }, [reveal, conversationId]);
  useHiding(reveal, record, () => step({ type: 'hide' }));
  return useMemo(
    () => ({
      state: reveal,
      want: (field) => step({ type: 'wanted', field, direct: null, now: Date.now() }),
      reason: (given) => step({ type: 'reasoned', given, now: Date.now() }),
      hide: () => step({ type: 'hide' }),
    }),
    [reveal],
  );
}
