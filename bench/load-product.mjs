/**
 * Driver of the load for the product, by its public protocol only (libs/contracts): visitors get an embed pass, agree
 * and write; agents sign in, take the conversations and receive.
 */
import { randomBytes } from 'node:crypto';
import { io } from 'socket.io-client';
import { decodeBody, encodeBody } from './body.mjs';
import { callOk } from './http-client.mjs';
import { inParallel } from './in-parallel.mjs';

const SYNC_PAGE = 200;
const LIST_PAGE = 100;
const SET_UP_MS = 30_000;
const PACKET_MS = 20_000;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const range = (count) => Array.from({ length: count }, (_, index) => index);

function connect(url, options) {
  return new Promise((resolve, reject) => {
    const socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false, ...options });
    socket.on('connect', () => resolve(socket));
    socket.on('connect_error', (error) => reject(new Error(`connect to ${url}: ${error.message}`)));
    socket.on('end', ({ code }) => reject(new Error(`the server ended a connection: ${code}`)));
  });
}

async function ask(socket, packet, payload) {
  const answer = await socket.timeout(PACKET_MS).emitWithAck(packet, payload);
  if (!answer.ok) throw new Error(`${packet} refused: ${answer.code}`);
  return answer;
}

/** A page that embeds the widget: gets the pass with the page's origin, connects from the product's own frame. */
function createPage({ url, seed }) {
  const own = { origin: new URL(url).origin };
  const requestPass = async () => {
    const body = { inbox: seed.inboxKey };
    const headers = { origin: seed.origin };
    const answer = await callOk(`${url}/api/v1/chat/widget/passes`, { method: 'POST', headers, body });
    return answer.body.pass;
  };
  const agree = async (pass) => {
    const settings = (await callOk(`${url}/widget/inboxes/${seed.inboxKey}.json`)).body;
    const [locale, notice] = Object.entries(settings.notice)[0];
    const body = { inbox: seed.inboxKey, pass, noticeHash: notice.hash, version: notice.version, locale };
    const answer = await callOk(`${url}/api/v1/chat/widget/consents`, { method: 'POST', headers: own, body });
    return answer.body.slip;
  };
  const open = (pass) => connect(`${url}/widget`, { auth: { inbox: seed.inboxKey, pass }, extraHeaders: own });
  return { requestPass, agree, open };
}

/** Opens `count` connections that carry a pass and are otherwise idle: visitors who opened the panel. */
export async function openIdle({ url, seed, count }) {
  const page = createPage({ url, seed });
  const sockets = await inParallel(32, range(count), async () => page.open(await page.requestPass()));
  return () => sockets.forEach((socket) => void socket.disconnect());
}

async function openVisitor(page) {
  const pass = await page.requestPass();
  const slip = await page.agree(pass);
  return { socket: await page.open(pass), sender: randomBytes(12).toString('base64url'), slip };
}

async function openAgent({ url, credentials, onDelivered }) {
  const own = { origin: new URL(url).origin };
  const signIn = { method: 'POST', headers: own, body: credentials };
  const { cookies } = await callOk(`${url}/api/v1/account/sign-in`, signIn);
  const headers = { ...own, cookie: cookies.join('; ') };
  const socket = await connect(`${url}/agent`, { extraHeaders: headers });
  socket.on('item', (item) => item.kind === 'message' && onDelivered(item.text));
  return { socket, headers, conversations: [] };
}

/** The list may lag behind the conversations by a second: asks until it holds all of them. */
async function listUnassigned(url, agent, expected) {
  const until = performance.now() + SET_UP_MS;
  for (;;) {
    const ids = new Set();
    let cursor = '';
    do {
      const query = new URLSearchParams({ view: 'unassigned', limit: String(LIST_PAGE), ...(cursor && { cursor }) });
      const { body } = await callOk(`${url}/api/v1/chat/conversations?${query}`, { headers: agent.headers });
      for (const item of body.items) ids.add(item.id);
      cursor = body.next;
    } while (cursor && ids.size <= expected);
    if (ids.size === expected) return [...ids];
    if (performance.now() > until) throw new Error(`the list shows ${ids.size} of ${expected} new conversations`);
    await wait(100);
  }
}

/** Each visitor's first message makes person and conversation; then every agent takes an equal share. */
async function assign(url, agents, visitors) {
  const conversations = await listUnassigned(url, agents[0], visitors);
  await inParallel(16, conversations, async (id, index) => {
    const agent = agents[index % agents.length];
    await callOk(`${url}/api/v1/chat/conversations/${id}/take`, { method: 'POST', headers: agent.headers, body: {} });
    agent.conversations.push(id);
  });
}

/** One message of each visitor, acknowledged; answers the bodies. */
function sendRound(connections, number) {
  return inParallel(32, connections, async ({ socket, sender, slip }, index) => {
    const text = encodeBody(index, number, performance.now());
    await ask(socket, 'message:send', { sender, number, text, ...(number === 1 && { slip }) });
    return text;
  });
}

/** Until each visitor's message of the second round has reached an agent, the conversations are not live. */
async function waitUntilLive(reached, visitors) {
  const until = performance.now() + SET_UP_MS;
  while (reached.size < visitors) {
    if (performance.now() > until) throw new Error(`agents receive from ${reached.size} of ${visitors} visitors`);
    await wait(20);
  }
}

/** All messages of all conversations, decrypted by the server, as `sync` answers them to their agents. */
async function readBack(agents) {
  const bodies = [];
  await inParallel(8, agents, async ({ socket, conversations }) => {
    for (const conversationId of conversations) {
      let after = 0;
      for (let more = true; more; ) {
        const page = await ask(socket, 'sync', { conversationId, after, limit: SYNC_PAGE });
        for (const item of page.items) if (item.kind === 'message') bodies.push(item.text);
        if (page.more && page.upTo <= after) throw new Error('sync does not advance');
        ({ more, upTo: after } = page);
      }
    }
  });
  return bodies;
}

/** Connects agents and visitors and brings every conversation to its agent, ready to be measured. */
export async function openDriver({ url, seed, visitors, agents: agentCount, onDelivered }) {
  if (seed.agents.length < agentCount) throw new Error(`${seed.agents.length} agents seeded, ${agentCount} needed`);
  const reached = new Set();
  let deliver = (text) => {
    const { visitor, number } = decodeBody(text);
    if (number === 2) reached.add(visitor);
  };
  const agents = await inParallel(4, seed.agents.slice(0, agentCount), (credentials) =>
    openAgent({ url, credentials, onDelivered: (text) => deliver(text) }),
  );
  const page = createPage({ url, seed });
  const connections = await inParallel(32, range(visitors), () => openVisitor(page));
  const first = await sendRound(connections, 1);
  await assign(url, agents, visitors);
  const second = await sendRound(connections, 2);
  await waitUntilLive(reached, visitors);
  deliver = onDelivered;
  return {
    senders: connections.map(({ socket, sender }) => (text, number, done) => {
      socket.emit('message:send', { sender, number, text }, done);
    }),
    setUpBodies: [...first, ...second],
    readBack: () => readBack(agents),
    close: () => [...connections, ...agents].forEach(({ socket }) => void socket.disconnect()),
  };
}
