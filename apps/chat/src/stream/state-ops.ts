import type { AppError } from '@libs/kernel';
import { snooze, wake } from '../snooze/snooze-ops.js';
import { streamErrors } from './stream.errors.js';
import { change, join, type StreamBatch, stateWhenOpen } from './stream-batch.js';
import type { StreamHead } from './stream-head.js';
import type { ActItem, HandItem, StateItem, StreamOutcome } from './stream-items.js';

/** One way to change a state. Both parts run under the lock of the conversation, `apply` right after `refuse`. */
export interface StateOp<Item extends ActItem> {
  /** Why it cannot be; `at` is the time of the commit. */
  refuse(head: StreamHead, item: Item, at: number): AppError | undefined;
  apply(batch: StreamBatch, head: StreamHead, item: Item): StreamOutcome;
}

const take: StateOp<StateItem> = {
  refuse(head) {
    if (head.state === 'resolved') return streamErrors.notOpen();
    return head.assigneeId === null ? undefined : streamErrors.alreadyTaken(head.assigneeId);
  },
  apply(batch, head, { memberId }) {
    head.assigneeId = memberId;
    join(batch, head, memberId);
    return change(batch, head, 'taken', { state: 'open', memberId });
  },
};

const resolve: StateOp<StateItem> = {
  refuse: (head) => (head.state === 'resolved' ? streamErrors.notOpen() : undefined),
  apply: (batch, head, { memberId }) => change(batch, head, 'resolved', { state: 'resolved', memberId }),
};

const reopen: StateOp<StateItem> = {
  refuse: (head) => (head.state === 'resolved' ? undefined : streamErrors.notResolved()),
  apply: (batch, head, { memberId }) => change(batch, head, 'reopened', { state: stateWhenOpen(head), memberId }),
};

const hand: StateOp<HandItem> = {
  refuse(head, { from, whileOpen, whileIn }) {
    if (head.assigneeId !== from) return streamErrors.alreadyTaken(head.assigneeId);
    if (whileIn !== undefined && head.state !== whileIn) return streamErrors.notOpen();
    return whileOpen && head.state === 'resolved' ? streamErrors.notOpen() : undefined;
  },
  apply(batch, head, { from, to, by: memberId }) {
    head.assigneeId = to;
    if (to !== null) join(batch, head, to);
    const state = head.state === 'resolved' ? 'resolved' : stateWhenOpen(head);
    // Where nobody has it and nobody gets it, whoever arranges it puts it into another queue.
    const about = to ?? from ?? memberId;
    const whom = about === null ? {} : { about };
    return change(batch, head, to === null ? 'released' : 'assigned', { state, memberId, ...whom });
  },
};

type ItemOf<Op> = Op extends StateItem['op'] ? StateItem : Extract<ActItem, { readonly op: Op }>;

const STATE_OPS: { readonly [Op in ActItem['op']]: StateOp<ItemOf<Op>> } = {
  take,
  resolve,
  reopen,
  hand,
  snooze,
  wake,
};

/** The way `item` goes. */
export function opOf(item: ActItem): StateOp<ActItem> {
  return STATE_OPS[item.op] as StateOp<ActItem>;
}
