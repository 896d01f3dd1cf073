/** What is read of Engine.IO's inside; the version is pinned (see fast-frames.ts). */
export interface Line {
  readonly writeBuffer: readonly unknown[];
  readonly transport: {
    readonly socket?: {
      readonly _socket?: { readonly writableLength: number };
      on(event: 'ping', listener: () => void): void;
      terminate(): void;
    };
  };
  on(event: 'data', listener: (data: unknown) => void): void;
}

/** A reader, however slow, has had everything some time between so many. */
const MOST_UNREAD = 100;
/** Socket.IO: a packet that asks to enter a namespace. */
const CONNECT = '0';

/**
 * Pings and wishes to enter a namespace are answered by the libraries below, to anybody and before anything is counted.
 * Who sends them without end and reads no answer would fill the memory from a single line: that one is ended.
 */
export function endWhoReadsNoReplies(line: Line): void {
  const { socket } = line.transport;
  let unread = 0;
  const replied = (): void => {
    const isRead = line.writeBuffer.length === 0 && (socket?._socket?.writableLength ?? 0) === 0;
    unread = isRead ? 0 : unread + 1;
    if (unread > MOST_UNREAD) socket?.terminate();
  };
  socket?.on('ping', replied);
  line.on('data', (data) => {
    if (typeof data === 'string' && data[0] === CONNECT) replied();
  });
}
