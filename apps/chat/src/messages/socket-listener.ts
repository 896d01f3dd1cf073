import type { Socket } from 'socket.io';
import type { Listener } from '../stream/stream-emitter.js';

interface Corkable {
  cork(): void;
  uncork(): void;
}

/** A Socket.IO socket as a listener of the stream. */
export function listenerOf<Packets>(socket: Socket): Listener<Packets> {
  return {
    emit: (packet, payload) => socket.emit(packet, payload),
    cork: () => wireOf(socket)?.cork(),
    uncork: () => wireOf(socket)?.uncork(),
  };
}

/**
 * The TCP socket below: frames of one batch leave in one system call. Socket.IO has no door to it; where its inside
 * looks different nothing is held back.
 */
function wireOf(socket: Socket): Corkable | undefined {
  const transport = socket.conn.transport as unknown as { socket?: { _socket?: Corkable } };
  return transport.socket?._socket;
}
