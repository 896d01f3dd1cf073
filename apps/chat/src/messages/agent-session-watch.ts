import { AgentSessions } from '@libs/auth';
import { LOG, type MemberPrincipal } from '@libs/http';
import { CLOCK, type Clock } from '@libs/kernel';
import type { Log } from '@libs/logging';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Socket } from 'socket.io';
import { endSockets } from './open-sockets.js';

/** How often the ends of sessions are compared with the clock. */
const SWEEP_MS = 10_000;
/** How exactly the last use is kept: the same as for requests. */
const NOTE_USE_MS = 60_000;

/** A session with sockets open. */
interface WatchedSession {
  readonly tenantId: string;
  readonly id: string;
  readonly sockets: Set<Socket>;
  /** When it ends, as far as is known; a use through HTTP may have put that off meanwhile. */
  endsAt: number;
  usedAt: number;
  notedAt: number;
}

/** Closes sockets whose session is over, idle or too old, within seconds: nobody asks for the cookie again there. */
@Injectable()
export class AgentSessionWatch implements OnApplicationShutdown {
  private readonly sessions = new Map<string, WatchedSession>();
  private timer: NodeJS.Timeout | undefined;
  private sweeping = false;

  constructor(
    private readonly agentSessions: AgentSessions,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** Watches over the session of a socket; answers what stops that. */
  add(socket: Socket, { tenantId, sessionId: id }: MemberPrincipal): () => void {
    const now = this.clock.now();
    let session = this.sessions.get(id);
    if (!session) {
      // Its end is read at the next sweep.
      session = { tenantId, id, sockets: new Set(), endsAt: now, usedAt: now, notedAt: now };
      this.sessions.set(id, session);
    }
    session.sockets.add(socket);
    this.timer ??= setInterval(() => void this.sweep(), SWEEP_MS).unref();
    return () => {
      session.sockets.delete(socket);
      if (session.sockets.size === 0) this.sessions.delete(id);
    };
  }

  /** The member did something through a socket. */
  used({ sessionId }: MemberPrincipal): void {
    const session = this.sessions.get(sessionId);
    if (session) session.usedAt = this.clock.now();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Compares all with the clock now; besides the timer for tests that move the clock. */
  async sweep(): Promise<void> {
    if (this.sweeping) return;
    this.sweeping = true;
    try {
      for (const session of [...this.sessions.values()]) await this.look(session);
    } catch (error) {
      // The next sweep tries again; sockets of a process without its database are closed by the feed.
      this.log.warn('chat.sessions-unread', { err: error });
    } finally {
      this.sweeping = false;
    }
  }

  private async look(session: WatchedSession): Promise<void> {
    const { endsAt, usedAt, notedAt } = session;
    const toNote = usedAt - notedAt >= NOTE_USE_MS;
    if (!toNote && this.clock.now() < endsAt) return;
    const end = await this.agentSessions.endOf(session, toNote ? usedAt : undefined);
    if (toNote) session.notedAt = usedAt;
    if (end !== undefined && this.clock.now() < end) {
      session.endsAt = end;
      return;
    }
    endSockets([...session.sockets], end === undefined ? 'account.session-revoked' : 'account.session-expired');
  }
}
