/** Driver of the load for `limit-server.mjs`: the bare protocol, nobody to sign in, nothing to agree to. */
import { io } from 'socket.io-client';
import { inParallel } from './in-parallel.mjs';

const ACCEPTED = { ok: true };
const REFUSED = { ok: false, code: 'not stored' };

function connect(url, query) {
  return new Promise((resolve, reject) => {
    const socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false, query });
    socket.on('connect', () => resolve(socket));
    socket.on('connect_error', reject);
  });
}

/** Opens `count` connections that do nothing. */
export async function openIdle({ url, count }) {
  const indexes = Array.from({ length: count }, (_, index) => index);
  const sockets = await inParallel(32, indexes, (index) => connect(url, { role: 'visitor', id: `v${index}` }));
  return () => sockets.forEach((socket) => void socket.disconnect());
}

/** Connects agents and visitors; `onDelivered(text)` is called for each message an agent receives. */
export async function openDriver({ url, visitors, agents, onDelivered }) {
  const sockets = [];
  for (let index = 0; index < agents; index++) {
    const socket = await connect(url, { role: 'agent', id: `a${index}` });
    socket.on('msg', (message) => onDelivered(message.b));
    sockets.push(socket);
  }
  const senders = [];
  for (let index = 0; index < visitors; index++) {
    const socket = await connect(url, { role: 'visitor', id: `v${index}`, agent: `a${index % agents}` });
    sockets.push(socket);
    const c = `conv${index}`;
    const s = `v${index}`;
    senders.push((b, k, done) => {
      socket.emit('msg', { c, s, b, t: Date.now(), k }, (answer) => done(answer.err ? REFUSED : ACCEPTED));
    });
  }
  return {
    senders,
    /** Nothing is sent before the measurement. */
    setUpBodies: [],
    /** The bare server has no way to read back. */
    readBack: null,
    close: () => sockets.forEach((socket) => void socket.disconnect()),
  };
}
