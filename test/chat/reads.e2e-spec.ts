import { createAuth, MEMBER_NOTICE, type MemberRole } from '@libs/auth';
import type { AgentSent, AgentSynced, ConversationPage, ReadEntry, ReadPage, VisitorSynced } from '@libs/contracts';
import { newId } from '@libs/kernel';
import { authPorts } from '@libs/platform';
import { runInTenant } from '@libs/tenancy';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChatModule, chatMigrations } from '../../apps/chat/src/index.js';
import { PrivacyDeskModule } from '../../apps/privacy/src/index.js';
import { type ChatWorld, openChatWorld, openSession } from '../world/chat-world.js';
import { type Agent, ask, must, newSender, openAgent, until } from '../world/clients.js';

const SECRET = '榨汁机的事只有我们知道';
const MESSAGES = ['chat.message'];
const BOTH = ['chat.message', 'chat.note'];

describeColumns('who has read a conversation on $column over real doors', (column) => {
  let world: ChatWorld;
  let officer: string;

  beforeAll(async () => {
    const services = {
      modules: [ChatModule, PrivacyDeskModule],
      migrations: chatMigrations,
    };
    world = await openChatWorld({ column, services });
    officer = world.tenants[0].members[3]!.cookie;
  });
  afterAll(() => world?.close());

  /** What the officer is shown, oldest first. */
  async function reads(subjectId: string): Promise<ReadEntry[]> {
    await world.platform.desk.reads.flush();
    const url = `${world.origin}/api/v1/privacy/reads?subjectId=${subjectId}`;
    const response = await fetch(url, { headers: { cookie: officer, origin: world.origin } });
    const body = await response.text();
    expect(body).not.toContain(SECRET);
    return [...(JSON.parse(body) as ReadPage).items].reverse();
  }
  const told = (entries: readonly ReadEntry[]) => entries.map(({ range, fields }) => [range, fields]);

  async function journaled(subjectId: string): Promise<number> {
    const [tenant] = world.tenants;
    const context = { tenantId: tenant.id, actor: { kind: 'system', id: 'test' }, correlationId: 'test' } as const;
    const [row] = await runInTenant(context, async () =>
      world.platform.database.reader.all<{ n: number | string }>(
        "SELECT COUNT(*) AS n FROM event_journal WHERE tenant_id = ? AND kind = 'privacy.sensitive-read.v1' " +
          'AND subject_id = ?',
        [tenant.id, subjectId],
      ),
    );
    return Number(row!.n);
  }

  /** A member with a role that the world has none of. */
  async function hired(role: MemberRole): Promise<{ readonly agent: Agent; readonly memberId: string }> {
    const { platform, tenants } = world;
    const auth = createAuth(authPorts(platform));
    const { loginId } = await auth.accounts.createLogin({ email: `${newId()}@alpha.example`, password: newId() });
    const tenantId = tenants[0].id;
    const { memberId } = await auth.accounts.createMember({ tenantId, loginId, role, displayName: role });
    const read = { version: MEMBER_NOTICE.version, locale: 'en' } as const;
    await auth.notices.confirm({ tenantId, memberId }, read, newId());
    const cookie = await openSession(platform, auth.sessions, tenantId, memberId);
    return { agent: await openAgent(world.origin, cookie), memberId };
  }

  /** A conversation that `agent` has taken: revision 1 the message, 2 the taking. */
  async function taken(agent: Agent) {
    const visitor = await world.visitor();
    must(await visitor.send(SECRET));
    const [row] = (await agent.list('unassigned')).items;
    expect((await agent.take(row!.id)).status).toBe(200);
    return { visitor, id: row!.id, subjectId: row!.subjectId };
  }
  const items = (agent: Agent, id: string) => agent.get(`/conversations/${id}/items`);
  const watch = async (agent: Agent, conversationId: string) =>
    must(await ask<object>(agent.socket, 'conversation:watch', { conversationId }));
  const unwatch = async (agent: Agent, conversationId: string) =>
    must(await ask<object>(agent.socket, 'conversation:unwatch', { conversationId }));

  it('F-0203 the owner sees all that a member holds, done or not, and each look is on record; of another tenant it is 404', async () => {
    const [agent, owner] = [await world.agent(), await world.agent({ member: 0 })];
    const [open, done] = [await taken(agent), await taken(agent)];
    expect((await agent.post(`/conversations/${done.id}/resolve`)).status).toBe(200);
    await world.platform.consumers.settle();
    const holder = world.tenants[0].members[1]!.id;
    const held = (memberId: string) =>
      owner.get<ConversationPage & { code?: string }>(`/conversations?view=all&assignee=${memberId}`);
    const { body } = await held(holder);
    for (const { id } of [open, done]) {
      expect(body.items.find((row) => row.id === id)).toMatchObject({ assigneeId: holder, preview: { text: SECRET } });
    }
    expect((await items(owner, done.id)).status).toBe(200);
    for (const [{ subjectId }, ranges] of [
      [open, ['conversations']],
      [done, ['conversations', `conversation:${done.id}`]],
    ] as const) {
      const looks = (await reads(subjectId)).filter(({ role }) => role === 'owner');
      expect(looks.map(({ by, range }) => [by, range.split(' ')[0]])).toEqual(
        ranges.map((range) => ['alpha 0', range]),
      );
    }
    expect(await journaled(done.subjectId)).toBeGreaterThan(0);
    const [, beta] = world.tenants;
    const foreign = await world.visitor({ tenant: beta });
    must(await foreign.send(SECRET));
    const [theirs] = (await (await world.agent({ tenant: beta })).list('unassigned')).items;
    const refused = [
      [await held(beta.members[1]!.id), 'chat.member-not-found'],
      [await held(newId()), 'chat.member-not-found'],
      [await items(owner, theirs!.id), 'chat.conversation-not-found'],
    ] as const;
    for (const [answer, code] of refused) expect([answer.status, answer.body]).toMatchObject([404, { code }]);
    for (const one of [agent, owner]) one.close();
  });

  it('P-0404 P-1010 history, sync and the list each leave one account: who, when, range, fields, no text', async () => {
    const agent = await world.agent();
    const { id, subjectId } = await taken(agent);
    expect(await reads(subjectId)).toEqual([]);
    const since = Date.now();
    await items(agent, id);
    const note = { conversationId: id, sender: newSender(), number: 1, text: SECRET };
    must(await ask<AgentSent>(agent.socket, 'note:add', note));
    agent.close();
    await until(async () => (await reads(subjectId)).length === 2);
    const second = await world.agent();
    must(await ask<AgentSynced>(second.socket, 'sync', { conversationId: id, after: 0 }));
    await second.list('mine');
    await second.get(`/conversations/${id}`);
    second.close();
    const found = await reads(subjectId);
    expect(told(found)).toEqual([
      [`conversation:${id} 1-1`, MESSAGES],
      [`conversation:${id} 3-3`, ['chat.note']],
      [`conversation:${id} 1-3`, BOTH],
      [expect.stringMatching(/^conversations \d+$/), MESSAGES],
      [`conversation:${id} 1-1`, MESSAGES],
    ]);
    expect(found[0]).toMatchObject({ by: 'alpha 1', role: 'agent', purpose: 'support-conversation', reason: null });
    expect(found[0]!.at).toBeGreaterThanOrEqual(since);
    // The list may show more people than one, and then its journal entry names none.
    const list = found[3]!.range === 'conversations 1' ? 1 : 0;
    expect(await journaled(subjectId)).toBe(4 + list);
  });

  it('P-0404 what is pushed live is accounted once for a watch, not once for a message', async () => {
    const agent = await world.agent();
    const { visitor, id, subjectId } = await taken(agent);
    agent.close();
    const supervisor = await hired('supervisor');
    await watch(supervisor.agent, id);
    for (const text of ['one', 'two', 'three']) must(await visitor.send(text));
    await until(() => supervisor.agent.items.length === 3);
    expect(await reads(subjectId)).toEqual([]);
    await unwatch(supervisor.agent, id);
    must(await visitor.send('nobody watches'));
    const [found, ...more] = await reads(subjectId);
    expect(found).toMatchObject({ by: 'supervisor', role: 'supervisor', range: `conversation:${id} 3-5` });
    expect([found!.fields, more, await journaled(subjectId)]).toEqual([MESSAGES, [], 1]);
  });

  it('P-0404 an assignee who does not watch is shown messages too; the account comes when the socket goes', async () => {
    const agent = await world.agent();
    const { visitor, id, subjectId } = await taken(agent);
    must(await visitor.send('one'));
    must(await visitor.send('two'));
    await until(() => agent.items.filter(({ kind }) => kind === 'message').length === 2);
    expect(await reads(subjectId)).toEqual([]);
    agent.close();
    await until(async () => (await reads(subjectId)).length === 1);
    expect(told(await reads(subjectId))).toEqual([[`conversation:${id} 3-4`, MESSAGES]]);
  });

  it('P-1010 a process that ends writes down what its sockets were shown', async () => {
    const agent = await world.agent();
    const { visitor, id, subjectId } = await taken(agent);
    must(await visitor.send('one'));
    await until(() => agent.items.some(({ kind }) => kind === 'message'));
    await world.restart();
    expect(told(await reads(subjectId))).toEqual([[`conversation:${id} 3-3`, MESSAGES]]);
  });

  it('P-0404 the visitor who reads their own messages leaves no account', async () => {
    const agent = await world.agent();
    const { visitor, subjectId } = await taken(agent);
    agent.close();
    must(await ask<VisitorSynced>(visitor.socket, 'sync', { after: 0 }));
    const url = `${world.origin}/api/v1/chat/widget/messages?inbox=${world.tenants[0].inboxKey}&after=0`;
    const polled = await fetch(url, { headers: { authorization: `Bearer ${visitor.token}`, origin: world.origin } });
    expect([polled.status, await polled.text()]).toEqual([200, expect.stringContaining(SECRET)]);
    expect(await reads(subjectId)).toEqual([]);
  });

  it('P-0404 who may not read leaves no account, nor does a headline or a text that is withheld', async () => {
    const agent = await world.agent();
    const { id, subjectId } = await taken(agent);
    agent.close();
    const stranger = await world.agent({ member: 2 });
    expect((await items(stranger, id)).status).toBe(404);
    const refused = { ok: false, code: 'chat.conversation-not-found' };
    expect(await ask(stranger.socket, 'sync', { conversationId: id, after: 0 })).toMatchObject(refused);
    expect(await ask(stranger.socket, 'conversation:watch', { conversationId: id })).toMatchObject(refused);
    const waiting = await world.visitor();
    must(await waiting.send(SECRET));
    const headline = (await stranger.list('unassigned')).items[0]!;
    expect((await stranger.get(`/conversations/${headline.id}`)).status).toBe(200);
    expect([await reads(subjectId), await reads(headline.subjectId)]).toEqual([[], []]);
    await withdraw(subjectId);
    const again = await world.agent();
    expect(JSON.stringify((await items(again, id)).body)).toContain('"withheld":"withdrawn"');
    await again.get(`/conversations/${id}`);
    expect(await reads(subjectId)).toEqual([]);
  });

  async function withdraw(subjectId: string): Promise<void> {
    const { consents } = world.platform.privacy;
    const [{ id: tenantId }] = world.tenants;
    const scope = 'purpose/support-conversation';
    const notice = (await consents.notice(tenantId, scope, 'en'))!;
    await consents.decide({
      ...{ tenantId, subjectId, decision: 'withdraw', scope, granted: false, version: notice.version },
      ...{ noticeHash: notice.hash, locale: 'en', screen: 'widget.your-data', channel: 'web-widget' },
      ...{ method: 'switch', actor: 'visitor', correlationId: 'test' },
    });
  }
});
