import { NetworkLog, socketEntry } from '@libs/audit';
import { AGENT_NAMESPACE } from '@libs/contracts';
import { AUTHENTICATOR, type Authenticator, type MemberPrincipal, requirePermission } from '@libs/http';
import { UserError, within } from '@libs/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { Socket } from 'socket.io';
import { LiveViews } from '../live-view/live-views.js';
import { MemberLines } from '../routing/member-lines.js';
import { AgentLimits } from './agent-limits.js';
import { AgentSessionWatch } from './agent-session-watch.js';
import { OneSocketEach, uponClose } from './open-connection.js';
import { endSockets } from './open-sockets.js';
import type { Rates } from './rate-limiter.js';

/** A member's connection: who, and how much may come through it. */
export interface AgentVisit {
  readonly principal: MemberPrincipal;
  readonly rates: Rates;
}

/** A check that takes longer than this is as good as none: what was announced takes effect within 5 s. */
const CONFIRM_MS = 2_000;

const notSignedIn = (): UserError => new UserError('account.not-signed-in', 'Sign in first', { status: 401 });

/** How a socket's member stands now beside when it was let in. */
type Standing = 'same' | 'other' | 'over' | 'untold';

const END_CODES = { other: 'account.rights-changed', over: 'account.session-revoked', untold: undefined } as const;

/** What a session may do, as one text. */
function standingOf({ memberId, sessionId, role, pending = [] }: MemberPrincipal): string {
  return [memberId, sessionId, role, ...pending].join(' ');
}

/** Who comes through the agents' socket, how many at once and how often, and the network log's row about it. */
@Injectable()
export class AgentDoor {
  private readonly single = new OneSocketEach();

  constructor(
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
    private readonly networkLog: NetworkLog,
    private readonly limits: AgentLimits,
    private readonly watch: AgentSessionWatch,
    private readonly lines: MemberLines,
    /** Looks of supervisors into the work of others. */
    readonly looks: LiveViews,
  ) {}

  /** Lets a member's socket in, counted; throws what refuses it. */
  async admit(socket: Socket): Promise<AgentVisit> {
    this.single.check(socket);
    const principal = await this.authenticate(socket);
    const rates = await this.limits.ratesOf(principal.tenantId);
    uponClose(socket, await this.limits.connected(principal));
    this.single.take(socket);
    return { principal, rates };
  }

  /**
   * Asks again who a connected socket belongs to, and ends it where that is not who was let in: told that the session is
   * over, or that its rights are others now (F-0205). News about a member may be read after a socket that already knew of
   * it was opened; such a one stays. Where nobody can tell it ends without a reason: who comes back is let in or told why.
   */
  async confirm(socket: Socket, admitted: MemberPrincipal): Promise<void> {
    const standing = await within(CONFIRM_MS, this.standing(socket, admitted), () => 'untold' as const);
    if (standing !== 'same') endSockets([socket], END_CODES[standing]);
  }

  private async standing(socket: Socket, admitted: MemberPrincipal): Promise<Standing> {
    try {
      const now = await this.authenticator.authenticate(socket.request as never, { use: false });
      if (now?.kind !== 'member') return 'over';
      return standingOf(now) === standingOf(admitted) ? 'same' : 'other';
    } catch {
      return 'untold';
    }
  }

  /** Counts a packet; throws `chat.rate-limited`. `use`: the member did something, so the session is in use. */
  take({ principal, rates }: AgentVisit, use: boolean): void {
    this.limits.take(principal, rates);
    if (use) this.watch.used(principal);
  }

  /** The member of the session cookie; throws 401, or 403 for a role that reads no conversations. */
  private async authenticate(socket: Socket): Promise<MemberPrincipal> {
    const principal = await this.authenticator.authenticate(socket.request as never);
    if (principal?.kind !== 'member') throw notSignedIn();
    requirePermission(principal, 'conversations:read');
    return principal;
  }

  /**
   * Writes the row of this connection, watches over its session, and counts it as a line of the member; answers what ends
   * all three, noting the stay time.
   */
  enter(socket: Socket, principal: MemberPrincipal): () => void {
    const logged = this.networkLog.openSocket(socketEntry(AGENT_NAMESPACE, principal, socket.handshake));
    const forget = this.watch.add(socket, principal);
    const away = this.lines.open(principal.tenantId, principal.memberId);
    return () => {
      away();
      forget();
      this.networkLog.closeSocket(logged);
    };
  }
}
