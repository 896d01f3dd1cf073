import type { ConversationAct } from '@libs/api-client';
import type { AgentItem, ConversationSnooze, ConversationSummary, Me } from '@libs/contracts';

/** What somebody wants of one conversation. */
export type ConversationWish = ConversationAct | 'wake' | 'release' | { readonly snooze: ConversationSnooze };

/** The state of a row, as far as acts change it. */
export type Standing = Pick<ConversationSummary, 'state' | 'snoozedUntil' | 'assigneeId' | 'assigneeName'>;

const awake = ({ assigneeId }: Standing): Partial<Standing> => ({
  state: assigneeId === null ? 'queued' : 'open',
  snoozedUntil: null,
});

/** How the row stands if the server agrees. */
export function standingAfter(row: Standing, wish: ConversationWish, me: Me, now: number): Partial<Standing> {
  if (wish === 'resolve') return { state: 'resolved', snoozedUntil: null };
  if (wish === 'take') {
    return { state: 'open', snoozedUntil: null, assigneeId: me.memberId, assigneeName: me.displayName };
  }
  if (wish === 'release') return { state: 'queued', snoozedUntil: null, assigneeId: null, assigneeName: null };
  if (wish === 'reopen' || wish === 'wake') return awake(row);
  const { until, inMs = 0 } = wish.snooze;
  return { state: 'snoozed', snoozedUntil: until ?? now + inMs };
}

/** The acts that bring back what was before `wish`, in their order; undefined where nothing does. */
export function wayBack(before: Standing, wish: ConversationWish): readonly ConversationWish[] | undefined {
  const { state, snoozedUntil, assigneeId } = before;
  const again: readonly ConversationWish[] = snoozedUntil === null ? [] : [{ snooze: { until: snoozedUntil } }];
  // What was put off while nobody had it would come back awake.
  if (wish === 'take') return state === 'queued' && assigneeId === null ? ['release'] : undefined;
  if (wish === 'release') return ['take'];
  if (wish === 'resolve') return ['reopen', ...again];
  if (wish === 'reopen') return ['resolve'];
  if (wish === 'wake') return again;
  return state === 'snoozed' ? again : ['wake'];
}

/** What an act changed, as it was. */
export function standingOf({ state, snoozedUntil, assigneeId, assigneeName }: Standing): Standing {
  return { state, snoozedUntil, assigneeId, assigneeName };
}

const WAYS_BACK: Readonly<Record<string, { readonly while: Standing['state']; readonly wish: ConversationWish }>> = {
  resolved: { while: 'resolved', wish: 'reopen' },
  snoozed: { while: 'snoozed', wish: 'wake' },
  reopened: { while: 'open', wish: 'resolve' },
  released: { while: 'queued', wish: 'take' },
  taken: { while: 'open', wish: 'release' },
};

/** The last thing that was done, if this member did it and it still stands so; and what takes it back. */
export function undoableOf(
  items: readonly AgentItem[],
  { state }: Standing,
  memberId: string,
): { readonly revision: number; readonly wish: ConversationWish } | undefined {
  const last = items.findLast(({ kind }) => kind !== 'message' && kind !== 'note');
  const way = last && WAYS_BACK[last.kind];
  if (!way || last.author.id !== memberId || state !== way.while) return undefined;
  // Who has answered is at it: from then on it is handed over, not undone.
  if (way.wish === 'release' && items.some((item) => item.revision > last.revision && isReply(item))) return undefined;
  // Somebody else's, put back by whoever arranges work, is not theirs to take.
  if ('member' in last && last.member?.id !== memberId) return undefined;
  return { revision: last.revision, wish: way.wish };
}

function isReply({ kind, author }: AgentItem): boolean {
  return kind === 'message' && author.kind === 'agent';
}

/** An answer went out since the row stood as it was before. */
export function isAnswered(before: Heard, now: Heard | undefined): boolean {
  return now !== undefined && now.seq > before.seq && now.preview?.from === 'agent';
}

type Heard = Pick<ConversationSummary, 'seq' | 'preview'>;
