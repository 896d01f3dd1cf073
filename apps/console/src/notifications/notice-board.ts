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

/** What the centre behind the bell shows: by record, newest first, in memory only. */
export class NoticeBoard {
  readonly groups = new Observable<readonly NoticeGroup[]>([]);
  private readonly keys = new Set<string>();

  /** False for news that is on it already. */
  add({ kind, conversationId, key, at }: Notice, times = 1): boolean {
    if (this.keys.has(key)) return false;
    this.keys.add(key);
    const all = this.groups.get();
    const before = all.find((group) => group.conversationId === conversationId);
    const counts = { ...before?.counts, [kind]: (before?.counts[kind] ?? 0) + times };
    const group = { conversationId, counts, at: Math.max(at, before?.at ?? 0) };
    this.groups.set([group, ...all.filter((one) => one !== before)].sort((a, b) => b.at - a.at).slice(0, MOST));
    return true;
  }

  /** Its member has seen the conversation, or there is nothing to see any more. */
  drop(conversationId: string): void {
    const rest = this.groups.get().filter((group) => group.conversationId !== conversationId);
    if (rest.length !== this.groups.get().length) this.groups.set(rest);
  }

  clear(): void {
    this.keys.clear();
    this.groups.set([]);
  }
}
