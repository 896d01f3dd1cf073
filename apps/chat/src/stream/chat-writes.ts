import type { Actor, Committed, Committer, JournalEntry, Step } from '@libs/database';
import type { InvalidationFeed } from '@libs/events';
import type { SubjectStep } from '@libs/privacy';
import type { StreamStep } from './stream-step.js';

/** Facts every write of chat carries. */
export interface ChatWrite {
  readonly tenantId: string;
  /** Member id; null = the visitor with `subjectId` acts. */
  readonly authorId: string | null;
  /** Name of the part of the product that acts by itself, where nobody asked. */
  readonly system?: string;
  readonly subjectId: string;
  readonly correlationId: string;
  readonly steps: readonly Step[];
  readonly journal: readonly JournalEntry[];
}

/** The write path as chat uses it: its kinds of step and the committer of the process. */
export class ChatWrites {
  constructor(
    private readonly committer: Committer,
    readonly subjects: SubjectStep,
    readonly stream: StreamStep,
    private readonly feed: InvalidationFeed,
  ) {}

  /** Commits; rejects with the refusal of a step, or 503 while this process does not know what was withdrawn. */
  commit(write: ChatWrite): Promise<void> {
    return new Promise((resolve, reject) => {
      this.enqueue(write, (error) => (error === undefined ? resolve() : reject(error)));
    });
  }

  /** The same without a promise, for messages. Throws what is known before anything waits. */
  enqueue(write: ChatWrite, done: Committed): void {
    this.feed.assertFresh();
    const { tenantId, correlationId, steps, journal } = write;
    const actor = actorOf(write);
    this.committer.enqueue({ tenantId, actor, purpose: 'support-conversation', correlationId, steps, journal }, done);
  }
}

function actorOf({ authorId, system, subjectId }: ChatWrite): Actor {
  if (system !== undefined) return { kind: 'system', id: system };
  return authorId === null ? { kind: 'visitor', id: subjectId } : { kind: 'member', id: authorId };
}
