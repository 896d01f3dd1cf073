import type { ConversationState } from '@libs/contracts';
import { momentText } from '../words/states/moment-text.js';
import { useStateWords } from '../words/states/use-state-words.js';
import { useWords } from '../words/use-words.js';
import './marks.css';

interface StatusProps {
  readonly state: ConversationState;
  /** When a snoozed one comes back. */
  readonly until?: number | null;
}

/** State as word and tint; a preset colour of the component library would be too faint to read. */
export function StatusTag({ state, until = null }: StatusProps) {
  return (
    <span className={`status-tag status-${state}`}>
      <StateWord state={state} until={until} />
    </span>
  );
}

/** State as word alone: in a row of a list the only tint is that of who waits. */
export function StateWord({ state, until = null }: StatusProps) {
  const words = useWords();
  const { stateSnoozed, snoozedUntil } = useStateWords();
  return {
    queued: words.stateQueued,
    open: words.stateOpen,
    snoozed: until === null ? stateSnoozed : snoozedUntil(momentText(until, Date.now(), words.locale)),
    resolved: words.stateResolved,
  }[state];
}

export function UnreadCount({ count }: { readonly count: number }) {
  const words = useWords();
  if (count <= 0) return null;
  return (
    <span className="unread-count">
      <span aria-hidden>{count}</span>
      <span className="visually-hidden">{words.unread(count)}</span>
    </span>
  );
}

export function Avatar({ handle }: { readonly handle: string }) {
  return (
    <span className="avatar" aria-hidden>
      {handle.slice(0, 2)}
    </span>
  );
}
