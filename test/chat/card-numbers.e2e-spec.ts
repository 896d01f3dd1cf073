import type { AgentItem, AgentSynced, ConversationSummary, ItemPage, ReadPage, RevealedMessage } from '@libs/contracts';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChatModule, chatMigrations } from '../../apps/chat/src/index.js';
import { PrivacyDeskModule } from '../../apps/privacy/src/index.js';
import { accountCaller, hire, membersRows } from '../accounts/account-caller.js';
import { type ChatWorld, openChatWorld } from '../world/chat-world.js';
import { type Agent, ask, must, newSender, until, type Visitor } from '../world/clients.js';

/** Nobody's: made up, and one that card schemes publish for tests. */
const ID_CARD = '11010519491231002X';
const CARD = '4111 1111 1111 1111';
const SAID = `我的身份证是${ID_CARD}，卡号 ${CARD}。`;
const SEEN = '我的身份证是110***********002X，卡号 **** **** **** 1111。';
/** What the stars stand for, in whichever form it might come out. */
const SECRETS = [ID_CARD, '19491231', CARD, '4111 1111', '41111111'];
/** Reveals of one member in an hour. */
const MOST = 4;
const NOTE = 'the caller is on the other line';

interface Refusal {
  readonly code?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

describeColumns('numbers of cards in what visitors write on $column', (column) => {
  let world: ChatWorld;
  let supervisor: Agent;
  let supervisorId: string;

  beforeAll(async () => {
    const services = { modules: [ChatModule, PrivacyDeskModule], migrations: chatMigrations };
    world = await openChatWorld({ column, services, rates: { 'privacy.reveals-per-hour': MOST } });
    const hired = await hire(world, 'supervisor');
    supervisorId = hired.id;
    supervisor = await hired.open();
  });
  afterAll(() => {
    supervisor?.close();
    return world?.close();
  });

  /** A new conversation that nobody has; `SAID` is its message 1. */
  async function begun(): Promise<{ readonly visitor: Visitor; readonly row: ConversationSummary }> {
    const visitor = await world.visitor();
    must(await visitor.send(SAID));
    const { items } = await supervisor.list('unassigned');
    return { visitor, row: items.reduce((one, other) => (other.id > one.id ? other : one)) };
  }
  const reveal = (who: Agent, id: string, body: object = { reason: 'identity-check' }, seq = 1) =>
    who.post<RevealedMessage & Refusal>(`/conversations/${id}/messages/${seq}/reveals`, body);
  const sync = async (who: Agent, conversationId: string) =>
    must(await ask<AgentSynced>(who.socket, 'sync', { conversationId, after: 0 }));
  const journal = async (id: string) => {
    await world.platform.consumers.settle();
    return membersRows(world, 'event_journal', 'resource', `conversation:${id} seq 1`);
  };

  it('P-0401 P-1004 no door of members has them: live, sync, history, list, row; the visitor sees their own words', async () => {
    const agent = await world.agent({ member: 1 });
    const { visitor, row } = await begun();
    const packets: string[] = [];
    for (const { socket } of [agent, supervisor]) {
      socket.onAny((...packet: unknown[]) => packets.push(JSON.stringify(packet)));
    }
    expect((await agent.take(row.id)).status).toBe(200);
    for (const { socket } of [agent, supervisor]) {
      must(await ask<object>(socket, 'conversation:watch', { conversationId: row.id }));
    }
    must(await visitor.send(SAID));
    const saidIn = (items: readonly AgentItem[]) => items.filter(({ kind, seq }) => kind === 'message' && seq === 2);
    await until(() => saidIn(agent.items).length === 1 && saidIn(supervisor.items).length === 1);
    const hidden = [
      { kind: 'id-card', start: 6, end: 24 },
      { kind: 'bank-card', start: 28, end: 47 },
    ];
    for (const who of [agent, supervisor]) {
      const { items } = await sync(who, row.id);
      const page = (await who.get<ItemPage>(`/conversations/${row.id}/items`)).body;
      for (const item of [...saidIn(who.items), ...items, ...page.items].filter(({ kind }) => kind === 'message')) {
        expect(item).toMatchObject({ text: SEEN, hidden });
      }
      const list = await who.list(who === agent ? 'mine' : 'all');
      expect(list.items.find(({ id }) => id === row.id)?.preview).toEqual({ from: 'visitor', text: SEEN });
      const one = (await who.get<ConversationSummary>(`/conversations/${row.id}`)).body;
      packets.push(JSON.stringify([items, page, list, one]));
    }
    for (const secret of SECRETS) for (const packet of packets) expect(packet).not.toContain(secret);
    const again = await world.visitor({ token: visitor.token! });
    const own = must(
      await ask<{ readonly items: readonly { readonly text: string }[] }>(again.socket, 'sync', { after: 0 }),
    );
    expect(own.items.map(({ text }) => text)).toEqual([SAID, SAID]);
    for (const one of [agent, visitor, again]) one.close();
  });

  it('F-0304 what colleagues write stays as they wrote it', async () => {
    const agent = await world.agent({ member: 1 });
    const { visitor, row } = await begun();
    await agent.take(row.id);
    const packet = { conversationId: row.id, sender: newSender(), text: `hotline ${CARD}` };
    must(await ask<object>(agent.socket, 'message:send', { ...packet, number: 1 }));
    must(await ask<object>(agent.socket, 'note:add', { ...packet, number: 2 }));
    const { items } = await sync(agent, row.id);
    const own = items.filter(({ author, kind }) => author.kind === 'agent' && (kind === 'message' || kind === 'note'));
    expect(own).toHaveLength(2);
    for (const item of own) {
      expect(item).toMatchObject({ text: packet.text });
      expect(item).not.toHaveProperty('hidden');
    }
    for (const one of [agent, visitor]) one.close();
  });

  it('P-1004 P-1010 a reveal shows the message, and is written down: who, which, why, never what', async () => {
    const { visitor, row } = await begun();
    const before = Date.now();
    const { status, body } = await reveal(supervisor, row.id, { reason: 'other', note: NOTE });
    expect([status, body.seq, body.text]).toEqual([200, 1, SAID]);
    expect(body.until).toBeGreaterThanOrEqual(before + 60_000);
    const rows = await journal(row.id);
    expect(rows.map(({ kind, actor, purpose, fields }) => [kind, actor, purpose, fields])).toEqual([
      ['privacy.value-revealed.v1', expect.stringContaining(supervisorId), 'support-conversation', 'chat.message'],
    ]);
    const url = `${world.origin}/api/v1/privacy/reads?subjectId=${row.subjectId}`;
    const headers = { cookie: world.tenants[0].members[3]!.cookie, origin: world.origin };
    const page = (await (await fetch(url, { headers })).json()) as ReadPage;
    expect(page.items.find(({ range }) => range === `conversation:${row.id} seq 1`)).toMatchObject({
      ...{ role: 'supervisor', reason: NOTE, fields: ['chat.message'] },
    });
    const told = JSON.stringify([rows.map((one) => Object.values(one).map(String)), page]);
    for (const secret of SECRETS) expect(told).not.toContain(secret);
    expect(world.lines.join('\n')).not.toContain(ID_CARD);
    visitor.close();
  });

  it('P-1004 is refused without the right, out of reach, while looking on, without a reason, and where nothing is hidden', async () => {
    const agent = await world.agent({ member: 1 });
    const colleague = await world.agent({ member: 2 });
    const { visitor, row } = await begun();
    must(await visitor.send('nothing to hide, order 2024031810041234'));
    expect(await reveal(supervisor, row.id, {})).toMatchObject({ status: 422 });
    expect(await reveal(supervisor, row.id, { reason: 'because' })).toMatchObject({ status: 422 });
    expect(await reveal(supervisor, row.id, { reason: 'other', note: ' ' })).toMatchObject({ status: 422 });
    for (const seq of [2, 99]) {
      const refused = await reveal(supervisor, row.id, { reason: 'ticket' }, seq);
      expect([refused.status, refused.body.code]).toEqual([404, 'chat.nothing-hidden']);
    }
    for (const seq of [0, 1.5]) expect((await reveal(supervisor, row.id, { reason: 'ticket' }, seq)).status).toBe(422);
    await agent.take(row.id);
    for (const who of [agent, colleague]) {
      const refused = await reveal(who, row.id);
      expect([refused.status, refused.body.code]).toEqual([403, 'http.permission-missing']);
    }
    const officer = accountCaller(world, world.tenants[0].members[3]!.cookie, 'chat');
    const unreached = await officer.post<Refusal>(`/conversations/${row.id}/messages/1/reveals`, { reason: 'ticket' });
    expect([unreached.status, unreached.body.code]).toEqual([404, 'chat.conversation-not-found']);
    const looking = await reveal(supervisor, row.id);
    expect([looking.status, looking.body.code]).toEqual([403, 'chat.take-over-first']);
    expect(await journal(row.id)).toEqual([]);
    for (const one of [agent, colleague, visitor]) one.close();
  });

  it('P-1004 counts with all other reveals: beyond the hour it is refused and nothing is written down', async () => {
    const { visitor, row } = await begun();
    const other = await hire(world, 'supervisor');
    const who = await other.open();
    for (let n = 0; n < MOST; n++) expect((await reveal(who, row.id)).status).toBe(200);
    const { status, body } = await reveal(who, row.id);
    expect([status, body.code, body.details]).toEqual([
      ...[429, 'privacy.reveal-limit'],
      { limit: MOST, retryAt: expect.any(Number) },
    ]);
    expect(await journal(row.id)).toHaveLength(MOST);
    for (const one of [who, visitor]) one.close();
  });
});
