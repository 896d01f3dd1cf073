import type { Invalidation } from '@libs/events';
import type { Namespace, Socket } from 'socket.io';
import type { VisitorSession } from '../widget-sessions/visitor-session.js';

/** Visitors' sockets in whose session `part` is what `row` names. */
export function visitorSockets(
  namespace: Namespace,
  { tenantId, ref }: Invalidation,
  part: (session: VisitorSession) => string | undefined,
): readonly Socket[] {
  return [...namespace.sockets.values()].filter(({ data }) => {
    const { session } = data as { session?: VisitorSession };
    return session?.inbox.tenantId === tenantId && part(session) === ref;
  });
}

/** Closes sockets; who is told no reason comes back by itself. */
export function endSockets(sockets: Iterable<Socket>, code?: string): void {
  for (const socket of sockets) {
    if (code !== undefined) socket.emit('end', { code });
    socket.disconnect(true);
  }
}
