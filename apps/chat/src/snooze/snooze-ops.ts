import type { StateOp } from '../stream/state-ops.js';
import { streamErrors } from '../stream/stream.errors.js';
import { change, stateWhenOpen } from '../stream/stream-batch.js';
import type { StreamHead } from '../stream/stream-head.js';
import type { SnoozeItem, WakeItem } from '../stream/stream-items.js';

/** Puts off, or puts off again. */
export const snooze: StateOp<SnoozeItem> = {
  refuse: (head) => (head.state === 'resolved' ? streamErrors.notOpen() : undefined),
  apply: (batch, head, { memberId, until }) => change(batch, head, 'snoozed', { state: 'snoozed', memberId, until }),
};

/** Back to whoever has it, or to the queue. */
export const wake: StateOp<WakeItem> = {
  refuse(head, { memberId }, at) {
    const may = head.state === 'snoozed' && (memberId !== null || isDue(head, at));
    return may ? undefined : streamErrors.notSnoozed();
  },
  apply: (batch, head, { memberId }) => change(batch, head, 'woken', { state: stateWhenOpen(head), memberId }),
};

/** It may have been put off again since somebody saw that its time had come. */
function isDue({ snoozedUntil }: StreamHead, at: number): boolean {
  return snoozedUntil !== null && snoozedUntil <= at;
}
