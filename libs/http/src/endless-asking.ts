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
  close(discard: true): void;
}

/** Pings in a row whose answers wait; a reader, however slow, has had everything some time between so many. */
const MOST_UNREAD = 100;
/** Attempts to enter a namespace. A client makes one, and opens another line for its next. */
const MOST_ATTEMPTS = 10;
/** Socket.IO: a packet that asks to enter a namespace. */
const CONNECT = '0';

/**
 * Pings and attempts to enter are answered by the libraries below, to anybody, before anything is counted. Without end
 * they would fill the memory with answers that nobody reads, and the database with looks for who comes: from one line.
 */
export function endEndlessAsking(line: Line): void {
  const { socket } = line.transport;
  let unread = 0;
  let attempts = 0;
  const end = (): void => {
    // What came with it is not read any more.
    line.close(true);
    socket?.terminate();
  };
  socket?.on('ping', () => {
    const isRead = line.writeBuffer.length === 0 && (socket._socket?.writableLength ?? 0) === 0;
    unread = isRead ? 0 : unread + 1;
    if (unread > MOST_UNREAD) end();
  });
  line.on('data', (data) => {
    if (typeof data !== 'string' || data[0] !== CONNECT) return;
    attempts += 1;
    if (attempts > MOST_ATTEMPTS) end();
  });
}
