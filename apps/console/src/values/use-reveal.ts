import { ApiError } from '@libs/api-client';
import type { ContactField, RevealRequest } from '@libs/contracts';
import { type RefObject, useEffect, useMemo, useReducer, useRef } from 'react';
import { contactsApi } from '../session/api.js';
import { type GivenReason, HIDDEN, type Reveal, revealStep } from './reveal-state.js';

export interface Reveals<F = ContactField> {
  readonly state: Reveal<F>;
  want(field: F): void;
  reason(given: GivenReason): void;
  hide(): void;
}

/** Sensitive by law whatever the workspace sets: the reason is always asked. */
const ALWAYS_ASKED: readonly ContactField[] = ['address'];

interface Work {
  readonly contactId: string;
  /** The conversation the member is handling with this person. */
  readonly conversationId?: string;
}

/** Reveals of one record; `record` is the element whose loss of focus hides what is shown. */
export function useReveals({ contactId, conversationId }: Work, record: RefObject<HTMLElement | null>): Reveals {
  const [{ reveal }, step] = useReducer(revealStep<ContactField>, HIDDEN);
  const asked = useRef<unknown>(null);
  useEffect(() => {
    if (reveal.phase !== 'waiting' || asked.current === reveal) return;
    asked.current = reveal;
    const { field, given } = reveal;
    const request: RevealRequest = { field, ...given, ...(conversationId === undefined ? {} : { conversationId }) };
    contactsApi.reveal(contactId, request).then(
      ({ value }) => step({ type: 'answered', field, value, now: Date.now() }),
      (error: unknown) => step({ type: 'failed', field, error, askReason: lacksReason(error) }),
    );
  }, [reveal, contactId, conversationId]);
  useHiding(reveal, record, () => step({ type: 'hide' }));
  return useMemo(
    () => ({
      state: reveal,
      want: (field) => {
        const own = conversationId !== undefined && !ALWAYS_ASKED.includes(field);
        step({ type: 'wanted', field, direct: own ? { reason: 'conversation' } : null, now: Date.now() });
      },
      reason: (given) => step({ type: 'reasoned', given, now: Date.now() }),
      hide: () => step({ type: 'hide' }),
    }),
    [reveal, conversationId],
  );
}

/** The server asks for a reason, or for words with it. */
export function lacksReason(error: unknown): boolean {
  return error instanceof ApiError && error.faults.some(({ field }) => field === 'reason' || field === 'note');
}

/** Time, a look elsewhere, a locked screen: each hides. */
export function useHiding<F>(reveal: Reveal<F>, record: RefObject<HTMLElement | null>, hide: () => void): void {
  const latest = useRef(hide);
  useEffect(() => {
    latest.current = hide;
  });
  const hideAt = reveal.phase === 'shown' ? reveal.hideAt : undefined;
  useEffect(() => {
    if (hideAt === undefined) return;
    const timer = setTimeout(() => latest.current(), hideAt - Date.now());
    const left = (event: FocusEvent) => {
      if (event.relatedTarget instanceof Node && record.current?.contains(event.relatedTarget)) return;
      latest.current();
    };
    const away = () => document.hidden && latest.current();
    const element = record.current;
    element?.addEventListener('focusout', left);
    document.addEventListener('visibilitychange', away);
    return () => {
      clearTimeout(timer);
      element?.removeEventListener('focusout', left);
      document.removeEventListener('visibilitychange', away);
    };
  }, [hideAt, record]);
}
