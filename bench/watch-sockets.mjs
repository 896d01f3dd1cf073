/**
 * Loaded before a server by the benchmark: writes to `$BENCH_SOCKETS`, ten times a second, how many bytes wait in this
 * process for its clients: the most for any one since the start, and now. The server does not know of it.
 */
import { subscribe } from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const EVERY_MS = 100;

if (isMainThread) {
  const sockets = new Set();
  let most = 0;
  subscribe('net.server.socket', ({ socket }) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  setInterval(() => {
    let waiting = 0;
    for (const { writableLength } of sockets) waiting = Math.max(waiting, writableLength);
    most = Math.max(most, waiting);
    writeFileSync(process.env.BENCH_SOCKETS, JSON.stringify({ most, waiting, open: sockets.size }));
  }, EVERY_MS).unref();
}
