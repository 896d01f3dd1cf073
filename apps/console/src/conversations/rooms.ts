import { Observable } from '../live/observable.js';
import { closed } from './conversation-access.js';
import { ConversationRoom, type RoomPorts } from './conversation-room.js';

const KEPT = 20;

function randomSender(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(15));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}

/** The conversations of this page load. One sender id serves them all; it lives in memory only. */
export class Rooms {
  private readonly byId = new Map<string, ConversationRoom>();
  private sender = randomSender();
  /** Conversations whose person was erased while this page was open. */
  readonly erased = new Observable<ReadonlySet<string>>(new Set());
  private readonly draftListeners = new Set<() => void>();
  /** Tells that a draft of any of them changed. */
  readonly onDraft = (listener: () => void): (() => void) => {
    this.draftListeners.add(listener);
    return () => this.draftListeners.delete(listener);
  };

  constructor(private readonly ports: Omit<RoomPorts, 'newSender'>) {
    ports.line.listen({
      item: (item) => this.byId.get(item.conversationId)?.receive(item),
      typing: ({ conversationId, typing, name }) => this.byId.get(conversationId)?.otherTyping(typing, name),
      viewers: ({ conversationId, viewers }) => this.byId.get(conversationId)?.othersLook(viewers),
      cursor: ({ conversationId, ...cursor }) => this.byId.get(conversationId)?.visitorCursor(cursor),
      access: (packet) => {
        closed.hear(packet);
        this.byId.get(packet.conversationId)?.accessChanged(packet.withheld);
      },
      online: (online) => {
        if (!online) closed.forget();
        for (const room of this.byId.values()) room.lineChanged(online);
      },
    });
  }

  room(id: string): ConversationRoom {
    const known = this.byId.get(id);
    const room = known ?? new ConversationRoom(id, { ...this.ports, newSender: randomSender }, this.sender);
    // Last used last; the oldest ones go, unless something written in them is not out yet.
    this.byId.delete(id);
    this.byId.set(id, room);
    if (!known) {
      room.draft.subscribe(() => {
        for (const tell of this.draftListeners) tell();
      });
      this.forgetOld();
    }
    return room;
  }

  draftOf(id: string): string {
    return this.byId.get(id)?.draft.get().message ?? '';
  }

  /** How far the conversation has been read on this page; the server hears of it a second later. */
  readOf(id: string): number {
    return this.byId.get(id)?.readSeq ?? 0;
  }

  /** Nothing of these stays, written or read. */
  erase(ids: readonly string[]): void {
    if (ids.length === 0) return;
    for (const id of ids) {
      this.byId.get(id)?.erase();
      this.byId.delete(id);
    }
    this.erased.set(new Set([...this.erased.get(), ...ids]));
  }

  /** Another person signs in, or this one left: nothing of the former stays. */
  clear(): void {
    for (const room of this.byId.values()) room.keeper.stop();
    this.byId.clear();
    this.erased.set(new Set());
    closed.forget();
    this.sender = randomSender();
  }

  private forgetOld(): void {
    for (const [id, room] of this.byId) {
      if (this.byId.size <= KEPT) return;
      if (!room.unsent) this.byId.delete(id);
    }
  }
}
