/**
 * Loaded before a server (`node --expose-gc --import`) by the benchmark: SIGUSR2 collects garbage, so that memory can
 * be compared between processes that collect at different times. Neither server knows of it.
 */
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  process.on('SIGUSR2', () => {
    for (let round = 0; round < 3; round++)
      globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  });
}
