import type { AgentItem, AgentServerPackets, VisitorItem, WidgetServerPackets } from '@libs/contracts';
import type { Visibility } from '@libs/privacy-core';
import { type Shown, shownToMembers } from './hidden-numbers.js';
import type { LiveReads } from './read-watch.js';
import { type StreamHead, stateForVisitor } from './stream-head.js';
import type { StreamEvent } from './stream-items.js';
import { MASKED } from './stream-reader.js';

/** One open socket, as the emitter needs it. */
export interface Listener<Packets> {
  emit<K extends keyof Packets & string>(packet: K, payload: unknown): unknown;
  /** Holds back what is written until `uncork`, so that one system call carries a batch. */
  cork(): void;
  uncork(): void;
}

export type VisitorListener = Listener<WidgetServerPackets>;

/** An agent's socket; what it is shown is what the role may see, and accounted. */
export interface AgentListener extends Listener<AgentServerPackets> {
  readonly memberId: string;
  readonly role: string;
  readonly reads: Pick<LiveReads, 'show'>;
  /** Who has a conversation that is followed, or its state, may be another now. */
  readonly turned?: (conversationId: string) => void;
}

/** Service nickname of a member, as far as it is in memory. */
export type NameOf = (tenantId: string, memberId: string) => string | null;

/** What a role sees of messages or notes. */
export type Sees = (tenantId: string, kind: 'message' | 'note', role: string) => Visibility;

/** Entries that are none of the visitor's business. */
const HIDDEN: ReadonlySet<StreamEvent['kind']> = new Set(['note', 'snoozed', 'woken']);

/** An entry that no visitor hears of, not even by a change of who answers. */
export function isHidden(kind: StreamEvent['kind']): boolean {
  return HIDDEN.has(kind);
}

const NONE: ReadonlySet<never> = new Set<never>();

/**
 * Sends what was committed to the sockets of this process, from memory, in stream order. A conversation's events reach
 * the visitor's tabs, the assignee and whoever watches; everybody else asks by sync.
 */
export class StreamEmitter {
  private readonly visitors = new Map<string, Set<VisitorListener>>();
  private readonly watchers = new Map<string, Set<AgentListener>>();
  private readonly members = new Map<string, Set<AgentListener>>();
  /** All agents of a tenant: they learn that a row of the list changed. */
  private readonly tenants = new Map<string, Set<AgentListener>>();

  constructor(
    private readonly nameOf: NameOf,
    private readonly sees: Sees,
  ) {}

  addVisitor(conversationId: string, listener: VisitorListener): () => void {
    return add(this.visitors, conversationId, listener);
  }

  addWatcher(conversationId: string, listener: AgentListener): () => void {
    return add(this.watchers, conversationId, listener);
  }

  /** Sockets that have a conversation open. */
  watchersOf(conversationId: string): ReadonlySet<AgentListener> {
    return this.watchers.get(conversationId) ?? NONE;
  }

  /** Conversations that agents of this process have open, of every tenant. */
  get watched(): readonly string[] {
    return [...this.watchers.keys()];
  }

  addMember(tenantId: string, memberId: string, listener: AgentListener): () => void {
    const leave = [add(this.members, memberId, listener), add(this.tenants, tenantId, listener)];
    return () => {
      for (const one of leave) one();
    };
  }

  visitorsOf(conversationId: string): ReadonlySet<VisitorListener> {
    return this.visitors.get(conversationId) ?? NONE;
  }

  /** Sockets that follow a conversation live: watchers and the assignee. */
  agentsOf(conversationId: string, assigneeId: string | null): Set<AgentListener> {
    const listeners = new Set<AgentListener>(this.watchers.get(conversationId));
    if (assigneeId !== null) for (const one of this.members.get(assigneeId) ?? NONE) listeners.add(one);
    return listeners;
  }

  /** Any agent of a workspace here. */
  hasMembers(tenantId: string): boolean {
    return this.tenants.has(tenantId);
  }

  /** Anybody here who could be told of this conversation. */
  isHeard(tenantId: string, conversationId: string): boolean {
    return this.visitors.has(conversationId) || this.tenants.has(tenantId);
  }

  /** A row of the list changed in another process. */
  announceRow(tenantId: string, conversationId: string): void {
    for (const listener of this.tenants.get(tenantId) ?? NONE) listener.emit('conversation', { conversationId });
  }

  /** Says something to every agent of a workspace. */
  tell<K extends keyof AgentServerPackets>(
    tenantId: string,
    packet: K,
    payload: Parameters<AgentServerPackets[K]>[0],
  ): void {
    for (const listener of this.tenants.get(tenantId) ?? NONE) listener.emit(packet, payload);
  }

  /** Emits a batch; called in the tick of its commit. */
  emit(events: readonly StreamEvent[]): void {
    const corked = new Set<Listener<never>>();
    const cork = <P>(listener: Listener<P>): Listener<P> => {
      const one = listener as unknown as Listener<never>;
      if (!corked.has(one)) {
        corked.add(one);
        listener.cork();
      }
      return listener;
    };
    const touched = new Map<string, StreamHead>();
    for (const event of events) this.emitOne(event, cork, touched);
    for (const head of touched.values()) this.announce(head, cork);
    for (const listener of corked) listener.uncork();
  }

  private emitOne(
    event: StreamEvent,
    cork: <P>(listener: Listener<P>) => Listener<P>,
    touched: Map<string, StreamHead>,
  ): void {
    const { head } = event;
    const agents = this.agentTargets(event);
    if (agents.size > 0) this.emitToAgents(event, agents, cork);
    const visitors = this.visitors.get(head.conversationId);
    if (visitors) this.emitToVisitor(event, visitors, cork);
    if (this.changesList(event)) touched.set(head.conversationId, head);
  }

  private emitToAgents(
    event: StreamEvent,
    agents: ReadonlySet<AgentListener>,
    cork: <P>(listener: Listener<P>) => Listener<P>,
  ): void {
    const { head, send } = event;
    const item = agentItem(event, this.nameOf);
    for (const listener of agents) {
      const seen = send ? this.sees(head.tenantId, send.op, listener.role) : 'plain';
      cork<AgentServerPackets>(listener).emit('item', seen === 'plain' ? item : unreadable(item, seen));
      if (send && seen === 'plain') listener.reads.show(head, send.op, item.revision);
      if (!send) listener.turned?.(head.conversationId);
    }
  }

  private agentTargets({ head }: StreamEvent): ReadonlySet<AgentListener> {
    const watching = this.watchers.get(head.conversationId);
    const assigned = head.assigneeId === null ? undefined : this.members.get(head.assigneeId);
    if (!watching) return assigned ?? NONE;
    return assigned ? new Set([...assigned, ...watching]) : watching;
  }

  private emitToVisitor(
    event: StreamEvent,
    visitors: ReadonlySet<VisitorListener>,
    cork: <P>(listener: Listener<P>) => Listener<P>,
  ): void {
    if (event.kind === 'message') {
      const origin = event.send?.origin;
      if (visitors.size === 1 && origin !== undefined && visitors.has(origin as VisitorListener)) return;
      const item = visitorItem(event, this.nameOf);
      for (const listener of visitors) if (listener !== origin) cork(listener).emit('item', item);
    } else if (!isHidden(event.kind)) {
      const { tenantId, assigneeId } = event.head;
      const name = assigneeId === null ? null : this.nameOf(tenantId, assigneeId);
      for (const listener of visitors) cork(listener).emit('agent', { name, state: stateForVisitor(event.head) });
    }
  }

  /** A row changes for all who list it: new conversations, states, and messages nobody has taken yet. */
  private changesList({ head, kind, outcome }: StreamEvent): boolean {
    return kind !== 'message' || head.assigneeId === null || outcome.revision === 1;
  }

  private announce(head: StreamHead, cork: <P>(listener: Listener<P>) => Listener<P>): void {
    const packet = { conversationId: head.conversationId };
    for (const listener of this.tenants.get(head.tenantId) ?? NONE) {
      cork<AgentServerPackets>(listener).emit('conversation', packet);
    }
  }
}

/** An event as an agent sees it. */
function agentItem(event: StreamEvent, nameOf: NameOf): AgentItem {
  const { head, kind, outcome, authorId, send, memberId, until } = event;
  const { conversationId, tenantId } = head;
  const author =
    authorId === null
      ? ({ kind: 'visitor', id: null, name: null } as const)
      : ({ kind: 'agent', id: authorId, name: nameOf(tenantId, authorId) } as const);
  const { revision, seq, at } = outcome;
  // Written out: a spread costs more than all the rest of a message's way out of here.
  if (send) {
    const { op, senderId: sender, sendNumber: number } = send;
    const { text, hidden }: Shown = authorId === null ? shownToMembers(send.text) : send;
    if (hidden) return { conversationId, revision, seq, at, author, kind: op, text, hidden, sender, number };
    return { conversationId, revision, seq, at, author, kind: op, text, sender, number };
  }
  if (memberId !== undefined) {
    const member = { id: memberId, name: nameOf(tenantId, memberId) };
    return { conversationId, revision, seq, at, author, kind: kind as 'assigned' | 'released', member };
  }
  if (until !== undefined) return { conversationId, revision, seq, at, author, kind: 'snoozed', until };
  return { conversationId, revision, seq, at, author, kind: kind as 'taken' };
}

/** The same for a role that may not read it. */
function unreadable(item: AgentItem, seen: 'masked' | 'none'): AgentItem {
  if (!('text' in item)) return item;
  const { hidden, ...rest } = item;
  return seen === 'masked' ? { ...rest, text: MASKED, masked: true } : { ...rest, text: '', withheld: 'no-permission' };
}

function visitorItem({ head, outcome, authorId, send }: StreamEvent, nameOf: NameOf): VisitorItem {
  const { text, senderId: sender, sendNumber: number } = send!;
  const seq = outcome.seq!;
  const { at } = outcome;
  if (authorId === null) return { seq, kind: 'message', text, at, from: 'visitor', sender, number };
  const name = nameOf(head.tenantId, authorId);
  if (name === null) return { seq, kind: 'message', text, at, from: 'agent' };
  return { seq, kind: 'message', text, at, from: 'agent', name };
}

function add<T>(map: Map<string, Set<T>>, key: string, value: T): () => void {
  const set = map.get(key) ?? new Set<T>();
  set.add(value);
  map.set(key, set);
  return () => {
    set.delete(value);
    if (set.size === 0 && map.get(key) === set) map.delete(key);
  };
}
