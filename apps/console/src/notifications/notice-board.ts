import type { NotificationKind } from '@libs/contracts';
import { Observable } from '../live/observable.js';
import type { Notice } from './notice.js';

/** All news of one conversation: how often each kind, and the latest time. */
export interface NoticeGroup {
  readonly conversationId: string;
  readonly counts: Readonly<Partial<Record<NotificationKind, number>>>;
  readonly at: number;
}

const MOST = 50;
/** The same news comes twice within moments, or not at all. */
const REMEMBERED = 500;

/** What the centre behind the bell shows: by record, newest first, in memory only. */
export class NoticeBoard {
  readonly groups = new Observable<readonly NoticeGroup[]>([]);
  /** What was told, the oldest first. */
  private readonly keys = new Set<string>();

  /** False for news that is on it already. */
  add({ kind, conversationId, key, at }: Notice, times = 1): boolean {
    if (this.keys.has(key)) return false;
    this.keys.add(key);
    if (this.keys.size > REMEMBERED) this.keys.delete(this.keys.values().next().value!);
    const all = this.groups.get();
    const before = all.find((group) => group.conversationId === conversationId);
    const counts = { ...before?.counts, [kind]: (before?.counts[kind] ?? 0) + times };
    const group = { conversationId, counts, at: Math.max(at, before?.at ?? 0) };
    const next = [group, ...all.filter((one) => one !== before)].sort((a, b) => b.at - a.at);
    this.groups.set(next.slice(0, MOST));
    return true;
  }

  /** Its member has seen the conversation, or there is nothing to see any more. */
  drop(conversationId: string): void {
    const rest = this.groups.get().filter((group) => group.conversationId !== conversationId);
    if (rest.length !== this.groups.get().length) this.groups.set(rest);
  }

  /** The person is erased: not even that there was news is known any more. */
  erase(conversationId: string): void {
    this.drop(conversationId);
    for (const key of this.keys) if (key.startsWith(`${conversationId}:`)) this.keys.delete(key);
  }

  clear(): void {
    this.keys.clear();
    this.groups.set([]);
  }
}
