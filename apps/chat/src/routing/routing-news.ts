import { Injectable } from '@nestjs/common';
import type { StreamHead } from '../stream/stream-head.js';
import type { StreamEvent } from '../stream/stream-items.js';

type Listener = (head: StreamHead) => void;

/** What was committed here, as far as it changes who waits or who has room: in memory, in the tick of the commit. */
@Injectable()
export class RoutingNews {
  private readonly listeners: Listener[] = [];

  onHead(listener: Listener): void {
    this.listeners.push(listener);
  }

  heard(events: readonly StreamEvent[]): void {
    for (const event of events) {
      // A message changes nothing of the kind, unless it is the first.
      if (event.kind === 'note' || (event.kind === 'message' && event.outcome.revision !== 1)) continue;
      for (const listener of this.listeners) listener(event.head);
    }
  }
}
