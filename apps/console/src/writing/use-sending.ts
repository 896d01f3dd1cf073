import { type ConversationSnooze, cardNumbers, LIMITS, maskCardNumbers, openVariables } from '@libs/contracts';
import { useMemo, useRef, useState } from 'react';
import type { Act } from '../conversations/conversation-acts.js';
import type { ConversationRoom } from '../conversations/conversation-room.js';
import type { OutgoingKind } from '../conversations/outgoing-queue.js';
import { TypingSignal } from '../conversations/typing-signal.js';
import { useColleagues } from '../conversations/use-hand-over.js';
import { line } from '../live/live-session.js';
import { useMe } from '../session/session.js';
import { type Colleague, namedIn } from './named.js';

/** What happens to the conversation once what was written has gone out; or when that goes out. */
export type Afterwards = 'resolve' | ConversationSnooze | { readonly later: ConversationSnooze } | undefined;

interface SendingPorts {
  readonly room: ConversationRoom;
  readonly mode: OutgoingKind;
  readonly text: string;
  readonly act: Act;
  readonly onLater: (text: string, wish: ConversationSnooze) => void;
}

/** Writing and sending in one conversation: what holds a text back, whom it names, what comes after it. */
export function useSending({ room, mode, text, act, onLater }: SendingPorts) {
  const signal = useMemo(() => new TypingSignal((typing) => line.typing(room.id, typing)), [room]);
  const { named, choose } = useNamed(mode, text);
  // Sent in spite of card numbers is said of one text: another one is asked about again.
  const wanted = useRef<Afterwards>(undefined);
  const [asked, setAsked] = useState(false);
  const trimmed = text.trim();
  const open = mode === 'message' ? openVariables(text) : [];
  const holdsCards = cardNumbers(text).length > 0;
  const fits = trimmed.length > 0 && trimmed.length <= LIMITS.messageCharacters;
  const sendable = fits && open.length === 0;
  const write = (next: string) => {
    room.write(mode, next);
    // A note is nobody's business but the team's: the visitor must not see that somebody types.
    if (mode === 'message') signal.typed(next !== '');
  };
  const out = (then: Afterwards) => {
    signal.typed(false);
    setAsked(false);
    if (typeof then === 'object' && 'later' in then) {
      onLater(trimmed, then.later);
      return;
    }
    const after = then === undefined ? undefined : () => act.mutate(then === 'resolve' ? then : { snooze: then });
    room.send(mode, trimmed, { memberIds: named.map(({ id }) => id), ...(after ? { after } : {}) });
  };
  const send = (then?: Afterwards) => {
    if (!sendable) return;
    wanted.current = then;
    if (holdsCards) setAsked(true);
    else out(then);
  };
  return {
    ...{ length: trimmed.length, sendable, open, named, choose, write, send, holdsCards, asked },
    mask: () => write(maskCardNumbers(text)),
    sendAnyway: () => sendable && out(asked ? wanted.current : undefined),
  };
}

/** Whom the note names now: shown before it goes out, because it gives them access. */
function useNamed(mode: OutgoingKind, text: string) {
  const me = useMe();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const naming = mode === 'note' && text.includes('@');
  const colleagues = useColleagues(naming).data?.items ?? [];
  const others = colleagues.filter(({ id }) => id !== me.memberId);
  const named: readonly Colleague[] = naming ? namedIn(text, others, chosen) : [];
  return { named, choose: ({ id }: Colleague) => setChosen((before) => new Set([...before, id])) };
}
