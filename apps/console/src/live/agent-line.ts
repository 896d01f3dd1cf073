import type {
  Ack,
  AgentClientPackets,
  AgentItem,
  AgentNote,
  AgentSend,
  AgentSent,
  AgentServerPackets,
  AgentSynced,
  ConversationAccess,
  DeliveryCursor,
  NamedMember,
} from '@libs/contracts';
import { AGENT_NAMESPACE } from '@libs/contracts';
import { io, type Socket } from 'socket.io-client';
import { Observable } from './observable.js';

/** restored is online, said for three seconds. */
export type LineState = 'connecting' | 'online' | 'down' | 'retrying' | 'restored';

export interface LineListener {
  item?(item: AgentItem): void;
  conversation?(id: string): void;
  typing?(packet: { readonly conversationId: string; readonly typing: boolean; readonly name: string | null }): void;
  cursor?(packet: DeliveryCursor & { readonly conversationId: string }): void;
  access?(packet: ConversationAccess): void;
  /** A person was erased. */
  erased?(subjectId: string): void;
  viewers?(packet: { readonly conversationId: string; readonly viewers: readonly NamedMember[] }): void;
  /** A note names the member. */
  mention?(): void;
  labels?(): void;
  /** Canned responses changed. */
  canned?(): void;
  /** Somebody came, went or is busy. */
  availability?(memberId: string): void;
  end?(code: string): void;
  online?(online: boolean): void;
  /** The server does not let this page in (any more). */
  refused?(): void;
}

const ANSWER_MS = 8_000;
const RESTORED_MS = 3_000;

export type AgentSocket = Socket<AgentServerPackets, AgentClientPackets>;

function socketOfPage(): AgentSocket {
  return io(AGENT_NAMESPACE, {
    transports: ['websocket'],
    withCredentials: true,
    autoConnect: false,
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
  });
}

/** The socket of this page: one line, many listeners. */
export class AgentLine {
  readonly state = new Observable<LineState>('connecting');
  private readonly listeners = new Set<LineListener>();
  private wanted = false;
  /** The server ends this connection so that the next one begins with what the member may do now. */
  private beginsAnew = false;
  private restored: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly socket: AgentSocket = socketOfPage()) {
    this.hearLine();
    this.hearPackets();
  }

  open(): void {
    this.wanted = true;
    window.addEventListener('offline', this.pause);
    window.addEventListener('online', this.resume);
    this.socket.connect();
  }

  close(): void {
    this.wanted = false;
    window.removeEventListener('offline', this.pause);
    window.removeEventListener('online', this.resume);
    clearTimeout(this.restored);
    this.socket.disconnect();
    this.state.set('connecting');
  }

  get online(): boolean {
    return this.socket.connected;
  }

  listen(listener: LineListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  watch(conversationId: string): Promise<Ack<{ readonly seq: number; readonly revision: number }>> {
    return this.socket.timeout(ANSWER_MS).emitWithAck('conversation:watch', { conversationId });
  }

  unwatch(conversationId: string): void {
    if (this.online) this.socket.emit('conversation:unwatch', { conversationId });
  }

  sync(conversationId: string, after: number): Promise<Ack<AgentSynced>> {
    return this.socket.timeout(ANSWER_MS).emitWithAck('sync', { conversationId, after });
  }

  send(kind: 'message' | 'note', packet: AgentSend | AgentNote): Promise<Ack<AgentSent>> {
    const answer = this.socket.timeout(ANSWER_MS);
    return kind === 'note' ? answer.emitWithAck('note:add', packet) : answer.emitWithAck('message:send', packet);
  }

  // Hints are of no use later, so nothing is kept while the line is down. Not volatile: that would drop the end of
  // typing, which goes out in the same tick as the message.
  typing(conversationId: string, typing: boolean): void {
    if (this.online) this.socket.emit('typing', { conversationId, typing });
  }

  cursor(conversationId: string, cursor: DeliveryCursor): void {
    if (this.online) this.socket.emit('cursor', { conversationId, ...cursor });
  }

  // The browser knows of a lost network long before a missed heartbeat tells.
  private readonly pause = () => {
    this.socket.disconnect();
    this.lost('down');
  };

  private readonly resume = () => {
    this.state.set('retrying');
    this.socket.connect();
  };

  private hearLine(): void {
    this.socket.on('connect', () => {
      this.state.set(this.state.get() === 'connecting' ? 'online' : 'restored');
      clearTimeout(this.restored);
      this.restored = setTimeout(() => {
        if (this.online) this.state.set('online');
      }, RESTORED_MS);
      this.tell((listener) => listener.online?.(true));
    });
    this.socket.on('disconnect', (reason) => {
      if (reason === 'io client disconnect') return;
      const anew = this.beginsAnew;
      this.beginsAnew = false;
      // Nothing is wrong with the network then, and nothing is said of it.
      this.lost(anew ? 'connecting' : 'down');
      // A server that closes on purpose is not called again by the library.
      if (reason === 'io server disconnect') this.callAgain(anew ? 100 : 1_000);
    });
    this.socket.io.on('reconnect_attempt', () => this.state.set('retrying'));
    this.socket.on('connect_error', () => {
      this.state.set('retrying');
      if (this.socket.active) return;
      this.tell((listener) => listener.refused?.());
      this.callAgain(2_000);
    });
  }

  private callAgain(ms: number): void {
    setTimeout(() => {
      if (this.wanted) this.socket.connect();
    }, ms);
  }

  private lost(state: LineState): void {
    this.state.set(state);
    this.tell((listener) => listener.online?.(false));
  }

  private hearPackets(): void {
    this.socket.on('item', (item) => this.tell((listener) => listener.item?.(item)));
    this.socket.on('conversation', (packet) => this.tell((listener) => listener.conversation?.(packet.conversationId)));
    this.socket.on('typing', (packet) => this.tell((listener) => listener.typing?.(packet)));
    this.socket.on('cursor', (packet) => this.tell((listener) => listener.cursor?.(packet)));
    this.socket.on('erased', ({ subjectId }) => this.tell((listener) => listener.erased?.(subjectId)));
    this.socket.on('access', (packet) => this.tell((listener) => listener.access?.(packet)));
    this.socket.on('viewers', (packet) => this.tell((listener) => listener.viewers?.(packet)));
    this.socket.on('canned', () => this.tell((listener) => listener.canned?.()));
    this.socket.on('labels', () => this.tell((listener) => listener.labels?.()));
    this.socket.on('mention', () => this.tell((listener) => listener.mention?.()));
    this.socket.on('availability', (packet) => this.tell((listener) => listener.availability?.(packet.memberId)));
    this.socket.on('end', ({ code }) => {
      this.beginsAnew = code === 'account.rights-changed';
      this.tell((listener) => listener.end?.(code));
    });
  }

  private tell(say: (listener: LineListener) => void): void {
    for (const listener of [...this.listeners]) say(listener);
  }
}
