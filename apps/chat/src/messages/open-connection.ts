import { UserError } from '@libs/kernel';
import type { Socket } from 'socket.io';

type Connection = Socket['conn'];

/** Calls `act` when the connection below a socket is gone: also one that goes before its handshake is over. */
export function uponClose({ conn }: Socket, act: () => void): void {
  if (conn.readyState === 'closed') act();
  else conn.once('close', act);
}

/** Connections that have their socket. A second one on the same line would be a way around what counts lines. */
export class OneSocketEach {
  private readonly taken = new WeakSet<Connection>();

  /** Throws for a connection that has one. */
  check({ conn }: Socket): void {
    if (this.taken.has(conn)) {
      throw new UserError('chat.too-many-connections', 'This connection is in use', { status: 429 });
    }
  }

  /** From now on it has one; when that leaves, the connection ends. */
  take(socket: Socket): void {
    this.check(socket);
    this.taken.add(socket.conn);
    socket.on('disconnect', () => socket.conn.close());
  }
}
