/**
 * What one process tells the others after it has committed: ids and numbers, never a text or a name. Whoever hears it
 * reads the rows; whoever misses it finds them a little later by itself.
 */
export type Wake =
  /** Rows were added to the journal. */
  | { readonly kind: 'journal' }
  /** Something must be forgotten: the invalidation feed has a new row. */
  | { readonly kind: 'feed' }
  /** Entries `from` to `to` of a conversation's stream, by revision. */
  | {
      readonly kind: 'stream';
      readonly tenantId: string;
      readonly conversationId: string;
      readonly from: number;
      readonly to: number;
    }
  /** How far the visitor, or an agent (`memberId`), has received and read. */
  | {
      readonly kind: 'cursor';
      readonly tenantId: string;
      readonly conversationId: string;
      readonly memberId: string | null;
      readonly delivered: number;
      readonly read: number;
    }
  /** The visitor, or an agent (`memberId`), types or has stopped. */
  | {
      readonly kind: 'typing';
      readonly tenantId: string;
      readonly conversationId: string;
      readonly memberId: string | null;
      readonly typing: boolean;
    };

export type WakeListener = (wake: Wake) => void;

/** Wakes the other processes of an installation. Nothing depends on it but how soon they notice. */
export interface WakeUp {
  /** Tells the others, not this process. Never waits and never fails. */
  tell(wake: Wake): void;
  /** Hears what others tell. */
  onWake(listener: WakeListener): void;
  close(): Promise<void>;
}

/** Token of the process's `WakeUp`. */
export const WAKE_UP = Symbol('WAKE_UP');

/** What platforms in one process share; one platform alone tells nobody. */
export class MemoryWakeBus {
  private readonly members = new Set<MemoryWakeUp>();

  join(): WakeUp {
    const member = new MemoryWakeUp(this.members);
    this.members.add(member);
    return member;
  }
}

class MemoryWakeUp implements WakeUp {
  private readonly listeners: WakeListener[] = [];

  constructor(private readonly members: Set<MemoryWakeUp>) {}

  tell(wake: Wake): void {
    for (const member of this.members) if (member !== this) member.hear(wake);
  }

  onWake(listener: WakeListener): void {
    this.listeners.push(listener);
  }

  close(): Promise<void> {
    this.members.delete(this);
    return Promise.resolve();
  }

  private hear(wake: Wake): void {
    // Like a message that comes in: never inside the call that told it.
    setImmediate(() => {
      for (const listener of this.listeners) listener(wake);
    });
  }
}
