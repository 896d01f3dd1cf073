/**
 * The limit of the chat path on this machine: a bare Socket.IO server that takes a visitor's message, encrypts and
 * inserts its body in one batch per tick, acknowledges after the commit and forwards it to the agent's socket. It
 * does nothing else: no identity, no tenant, no numbers, no journal. The product is compared with this file, so it
 * may be made faster, never slower.
 *
 *   STORE=none|sqlite|mariadb   none forwards and acknowledges without storing (the bare relay)
 *   PORT                        on 127.0.0.1; prints `ready` when it listens
 *   DATABASE_URL                for mariadb: mysql://login:password@host:port/database, an empty database
 *
 * Packet `msg`, names short because their bytes cost time: c conversation, s sender, k number, b body, t time.
 */
import { randomBytes, randomFillSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Server } from 'socket.io';
import sodium from 'sodium-native';

/** As the product's committer: no more messages than this in one transaction. */
const BATCH_BOUND = 500;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const key = randomBytes(32);

/** As the product does (decision 0016): what it gained by its cipher is no head start over the limit. */
function encrypt(text) {
  const sealed = Buffer.allocUnsafe(NONCE_BYTES + Buffer.byteLength(text) + TAG_BYTES);
  const [nonce, body] = [sealed.subarray(0, NONCE_BYTES), sealed.subarray(NONCE_BYTES)];
  randomFillSync(nonce);
  body.write(text);
  const plain = body.subarray(0, body.length - TAG_BYTES);
  sodium.crypto_aead_chacha20poly1305_ietf_encrypt(body, plain, null, null, nonce, key);
  return sealed;
}

/**
 * Collects what arrives within one tick of the event loop and hands it to `flush`, at most BATCH_BOUND at a time and
 * one batch after the other. Whatever arrives while a batch is under way waits for the next tick.
 */
function perTick(flush) {
  const waiting = [];
  let scheduled = false;
  let busy = false;
  const schedule = () => {
    if (scheduled || busy || waiting.length === 0) return;
    scheduled = true;
    setImmediate(drain);
  };
  const drain = async () => {
    scheduled = false;
    const batch = waiting.splice(0, BATCH_BOUND);
    busy = true;
    let failure = null;
    try {
      await flush(batch);
    } catch (error) {
      failure = error;
    }
    busy = false;
    for (const entry of batch) entry.done(failure);
    schedule();
  };
  return (message, done) => {
    waiting.push({ message, done });
    schedule();
  };
}

async function openSqlite() {
  const { default: Database } = await import('libsql');
  const folder = mkdtempSync(join(tmpdir(), 'custodia-limit-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const database = new Database(join(folder, 'limit.db'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec(`
    create table message (id integer primary key, conversation text not null, sender text not null,
      body blob not null, at integer not null);
    create index message_by_conversation on message (conversation, id)`);
  const begin = database.prepare('begin immediate');
  const insert = database.prepare('insert into message (conversation, sender, body, at) values (?, ?, ?, ?)');
  const commit = database.prepare('commit');
  return (batch) => {
    begin.run();
    for (const { message } of batch) insert.run(message.c, message.s, encrypt(message.b), message.t);
    commit.run();
  };
}

async function openMariadb(url) {
  const { createPool } = await import('mysql2/promise');
  const pool = createPool({ uri: url, connectionLimit: 10 });
  await pool.query('drop table if exists message');
  await pool.query(`
    create table message (id bigint auto_increment primary key, conversation varchar(40) not null,
      sender varchar(40) not null, body blob not null, at bigint not null, key (conversation, id)) engine = InnoDB`);
  return (batch) =>
    pool.query('insert into message (conversation, sender, body, at) values ?', [
      batch.map(({ message: { c, s, b, t } }) => [c, s, encrypt(b), t]),
    ]);
}

async function openStore(kind) {
  if (kind === 'none') return (_message, done) => done(null);
  if (kind === 'sqlite') return perTick(await openSqlite());
  if (kind === 'mariadb') return perTick(await openMariadb(process.env.DATABASE_URL));
  throw new Error(`STORE=${kind} is not one of none, sqlite, mariadb`);
}

const store = await openStore(process.env.STORE ?? 'none');
const http = createServer();
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });
const agents = new Map();

io.on('connection', (socket) => {
  const { role, id, agent } = socket.handshake.query;
  if (role === 'agent') agents.set(id, socket);
  socket.on('msg', (message, acknowledge) => {
    store(message, (failure) => {
      if (failure) return acknowledge({ err: 1 });
      agents.get(agent)?.emit('msg', message);
      acknowledge({ id: message.k });
    });
  });
});

for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0));
// The run that started this server is gone: nobody else would stop it.
process.on('disconnect', () => process.exit(0));
http.listen(Number(process.env.PORT ?? 21100), '127.0.0.1', () => console.log('ready'));
