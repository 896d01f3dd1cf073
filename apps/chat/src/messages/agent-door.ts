import { NetworkLog, socketEntry } from '@libs/audit';
import { AGENT_NAMESPACE } from '@libs/contracts';
import { AUTHENTICATOR, type Authenticator, type MemberPrincipal } from '@libs/http';
import { UserError } from '@libs/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { Socket } from 'socket.io';

const notSignedIn = (): UserError => new UserError('account.not-signed-in', 'Sign in first', { status: 401 });

/** The same answer as the HTTP door gives. */
export function requirePermission({ permissions }: MemberPrincipal, permission: string): void {
  if (permissions.has(permission)) return;
  throw new UserError('http.permission-missing', 'Your role does not allow this.', { status: 403 });
}

/** Who comes through the agents' socket, and the network log's row about it. */
@Injectable()
export class AgentDoor {
  constructor(
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
    private readonly networkLog: NetworkLog,
  ) {}

  /** The member of the session cookie; throws 401, or 403 for a role that reads no conversations. */
  async authenticate(socket: Socket): Promise<MemberPrincipal> {
    const principal = await this.authenticator.authenticate(socket.request as never);
    if (principal?.kind !== 'member') throw notSignedIn();
    requirePermission(principal, 'conversations:read');
    return principal;
  }

  /** Writes the row of this connection; answers what notes its stay time at the end. */
  enter(socket: Socket, principal: MemberPrincipal): () => void {
    const logged = this.networkLog.openSocket(socketEntry(AGENT_NAMESPACE, principal, socket.handshake));
    return () => this.networkLog.closeSocket(logged);
  }
}
