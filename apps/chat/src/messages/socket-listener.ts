import type { Socket } from 'socket.io';
import type { Listener } from '../stream/stream-emitter.js';

interface Corkable {
  cork(): void;
  uncork(): void;
}

/** A Socket.IO socket as a listener of the stream. */
export class SocketListener<Packets> implements Listener<Packets> {
  constructor(private readonly socket: Socket) {}

  emit(packet: keyof Packets & string, payload: unknown): unknown {
    return this.socket.emit(packet, payload);
  }

  cork(): void {
    this.wire?.cork();
  }

  uncork(): void {
    this.wire?.uncork();
  }

  /**
   * The TCP socket below: frames of one batch leave in one system call. Socket.IO has no door to it; where its inside
   * looks different nothing is held back.
   */
  private get wire(): Corkable | undefined {
    const transport = this.socket.conn.transport as unknown as { socket?: { _socket?: Corkable } };
    return transport.socket?._socket;
  }
}
