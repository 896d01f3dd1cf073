import type { ContactField, RevealReason } from '@libs/contracts';

/** How long a value stays on the screen. */
export const SHOWN_MS = 60_000;
/** A reason given once serves this record this long. */
export const REASON_MS = 600_000;

export interface GivenReason {
  readonly reason: RevealReason;
  readonly note?: string;
}

/** At most one field of a record is being asked for or shown at a time; `F` = how its fields are named. */
export type Reveal<F = ContactField> =
  | { readonly phase: 'hidden' }
  | { readonly phase: 'asking'; readonly field: F; readonly error?: unknown }
  | { readonly phase: 'waiting'; readonly field: F; readonly given: GivenReason }
  | { readonly phase: 'refused'; readonly field: F; readonly error: unknown }
  | {
      readonly phase: 'shown';
      readonly field: F;
      readonly value: string;
      readonly reason: RevealReason;
      readonly hideAt: number;
    };

export interface RevealState<F = ContactField> {
  readonly reveal: Reveal<F>;
  readonly remembered: (GivenReason & { readonly until: number }) | null;
}

export type RevealEvent<F = ContactField> =
  /** Somebody wants to see a field: `direct` is a reason that needs no question. */
  | { readonly type: 'wanted'; readonly field: F; readonly direct: GivenReason | null; readonly now: number }
  | { readonly type: 'reasoned'; readonly given: GivenReason; readonly now: number }
  | { readonly type: 'answered'; readonly field: F; readonly value: string; readonly now: number }
  | { readonly type: 'failed'; readonly field: F; readonly error: unknown; readonly askReason: boolean }
  | { readonly type: 'hide' };

export const HIDDEN: RevealState<never> = { reveal: { phase: 'hidden' }, remembered: null };

/** The steps of a reveal; answers for a field that is not waited for any more change nothing. */
export function revealStep<F = ContactField>(state: RevealState<F>, event: RevealEvent<F>): RevealState<F> {
  switch (event.type) {
    case 'wanted':
      return wanted(state, event.field, event.direct, event.now);
    case 'reasoned':
      if (state.reveal.phase !== 'asking') return state;
      return {
        reveal: { phase: 'waiting', field: state.reveal.field, given: event.given },
        remembered: { ...event.given, until: event.now + REASON_MS },
      };
    case 'answered':
      if (!waitsFor(state.reveal, event.field)) return state;
      return { ...state, reveal: shown(state.reveal, event.value, event.now) };
    case 'failed':
      if (!waitsFor(state.reveal, event.field)) return state;
      return {
        reveal: { phase: event.askReason ? 'asking' : 'refused', field: event.field, error: event.error },
        remembered: event.askReason ? null : state.remembered,
      };
    case 'hide':
      return state.reveal.phase === 'hidden' ? state : { ...state, reveal: { phase: 'hidden' } };
  }
}

function wanted<F>(state: RevealState<F>, field: F, direct: GivenReason | null, now: number): RevealState<F> {
  const { remembered } = state;
  const given = direct ?? (remembered !== null && remembered.until > now ? remembered : null);
  if (given === null) return { ...state, reveal: { phase: 'asking', field } };
  const { reason, note } = given;
  const kept = note === undefined ? { reason } : { reason, note };
  return { ...state, reveal: { phase: 'waiting', field, given: kept } };
}

type Waiting<F> = Extract<Reveal<F>, { readonly phase: 'waiting' }>;

function waitsFor<F>(reveal: Reveal<F>, field: F): reveal is Waiting<F> {
  return reveal.phase === 'waiting' && reveal.field === field;
}

function shown<F>({ field, given }: Waiting<F>, value: string, now: number): Reveal<F> {
  return { phase: 'shown', field, value, reason: given.reason, hideAt: now + SHOWN_MS };
}
