import type { AgentSent, AgentSynced, ConversationAccess, ConversationRef, VisitorSent } from '@libs/contracts';
import { announce } from '@libs/events';
import { newId } from '@libs/kernel';
import { openPlatform } from '@libs/platform';
import { DEFAULT_REGISTER } from '@libs/privacy-core';
import { runInTenant } from '@libs/tenancy';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { StreamReader } from '../../apps/chat/src/stream/stream-reader.js';
import { type ChatWorld, openChatWorld } from '../world/chat-world.js';
import { type Agent, ask, must, newSender, until } from '../world/clients.js';

const SCOPE = 'purpose/support-conversation';

describeColumns('a conversation without consent on $column over sockets', (column) => {
  let world: ChatWorld;
  let tenantId: string;

  beforeAll(async () => {
    world = await openChatWorld({ column, quickLooks: true });
    tenantId = world.tenants[0].id;
  });
  afterAll(() => world?.close());

  async function decide(subjectId: string, decision: 'grant' | 'withdraw', where = world.platform): Promise<void> {
    const { consents } = where.privacy;
    const notice = (await consents.notice(tenantId, SCOPE, 'en'))!;
    await consents.decide({
      ...{ tenantId, subjectId, decision, scope: SCOPE, granted: decision === 'grant' },
      ...{ version: notice.version, noticeHash: notice.hash, locale: 'en', screen: 'widget.your-data' },
      ...{ channel: 'web-widget', method: 'switch', actor: 'visitor', correlationId: 'test' },
    });
  }

  /** Known twice: what one of them decides holds for both. */
  async function link(subjectId: string, otherId: string): Promise<void> {
    const columns = ['tenant_id', 'id', 'subject_id', 'other_id', 'reason', 'actor', 'at', 'undone_at'];
    const row = [tenantId, newId(), subjectId, otherId, 'same-person', 'test', 1, null];
    const { work } = world.platform;
    await work.upkeep(
      async (tx) => {
        await tx.insert('privacy_subject_link', columns, [row]);
        for (const ref of [subjectId, otherId]) await announce(tx, { kind: 'consent', tenantId, ref });
      },
      new Set([tenantId]),
    );
  }

  async function taken(agent: Agent) {
    const visitor = await world.visitor();
    must(await visitor.send('what only the two of us know'));
    const [row] = (await agent.list('unassigned')).items;
    await agent.take(row!.id);
    const sender = newSender();
    let number = 0;
    const say = (name: 'message:send' | 'note:add') => {
      number += 1;
      return ask<AgentSent>(agent.socket, name, { conversationId: row!.id, sender, number, text: 'an answer' });
    };
    must(await say('message:send'));
    must(await say('note:add'));
    const texts = async () => {
      const { items } = must(
        await ask<AgentSynced>(agent.socket, 'sync', { conversationId: row!.id, after: 0 }),
      ) as unknown as AgentSynced;
      return items.flatMap((item) => ('text' in item ? [item.withheld ?? item.text] : []));
    };
    const preview = async () => (await agent.list('mine')).items.find(({ id }) => id === row!.id)?.preview?.text;
    return { visitor, conversationId: row!.id, subjectId: row!.subjectId, say, texts, preview };
  }

  it('C-35 F-1606 agents read and write nothing of it, the person may; agreeing again opens it', async () => {
    const agent = await world.agent();
    const { visitor, subjectId, conversationId, say, texts, preview } = await taken(agent);
    const words = ['what only the two of us know', 'an answer', 'an answer'];
    expect(await texts()).toEqual(words);
    await until(async () => (await preview()) === 'an answer');
    await decide(subjectId, 'withdraw');
    expect(await texts()).toEqual(['withdrawn', 'withdrawn', 'withdrawn']);
    expect(await preview()).toBeUndefined();
    expect(await say('message:send')).toMatchObject({ ok: false, code: 'privacy.consent-required' });
    expect(await say('note:add')).toMatchObject({ ok: false, code: 'privacy.consent-required' });
    const own = await runInTenant({ tenantId, actor: { kind: 'visitor', id: subjectId }, correlationId: 'test' }, () =>
      world.app.get(StreamReader).forVisitor(tenantId, { conversationId, subjectId }, { after: 0 }),
    );
    expect(own.items.map(({ text }) => text)).toEqual(words.slice(0, 2));
    await until(() => visitor.socket.disconnected);
    await decide(subjectId, 'grant');
    expect(await texts()).toEqual(words);
  });

  it('P-0110 C-35 F-1606 whoever may read it is told within 5 s, in both directions, and nobody else', async () => {
    const agents = await Promise.all([0, 1, 2].map((member) => world.agent({ member })));
    const foreign = await world.agent({ tenant: world.tenants[1], member: 0 });
    const [owner, mine, colleague] = agents as [Agent, Agent, Agent];
    const { conversationId, subjectId } = await taken(mine);
    const other = await taken(colleague);
    const heard = (agent: Agent): ConversationAccess[] => {
      const packets: ConversationAccess[] = [];
      agent.socket.on('access', (packet: ConversationAccess) => {
        // Of the test before, the last packet may still come.
        if ([conversationId, other.conversationId].includes(packet.conversationId)) packets.push(packet);
      });
      return packets;
    };
    const [all, own, others, strangers] = [owner, mine, colleague, foreign].map(heard);
    must(await ask(owner.socket, 'conversation:watch', { conversationId }));
    const row = async (agent: Agent) => (await agent.list('mine')).items.find(({ id }) => id === conversationId)!;
    await decide(subjectId, 'withdraw');
    await until(() => own!.length > 0 && all!.length > 0);
    const closed = { conversationId, withheld: 'withdrawn' };
    expect([own, all]).toEqual([[closed], [closed]]);
    expect(await row(mine)).toMatchObject({ withheld: 'withdrawn' });
    expect(await row(mine)).not.toHaveProperty('preview');
    await decide(subjectId, 'grant');
    await until(() => own!.length > 1 && all!.length > 1);
    const open = { conversationId, withheld: null };
    expect([own, all]).toEqual([
      [closed, open],
      [closed, open],
    ]);
    expect(await row(mine)).toMatchObject({ preview: { from: 'agent', text: 'an answer' } });
    expect(await row(mine)).not.toHaveProperty('withheld');
    await decide(other.subjectId, 'withdraw');
    await until(() => others!.length > 0);
    expect(others).toEqual([{ conversationId: other.conversationId, withheld: 'withdrawn' }]);
    expect([own!.length, strangers!.length]).toEqual([2, 0]);
  });

  it('P-0110 C-35 so it is when another process hears it, or a person who is the same one', async () => {
    const [mine, colleague] = [await world.agent({ member: 1 }), await world.agent({ member: 2 })];
    const [one, other] = [await taken(mine), await taken(colleague)];
    const last = new Map<string, string | null>();
    mine.socket.on('access', ({ conversationId, withheld }: ConversationAccess) => last.set(conversationId, withheld));
    const { config, log } = world.platform;
    // SQLite belongs to one process alone.
    const elsewhere = column === 'sqlite' ? undefined : await openPlatform({ config, log, migrations: [], gate: true });
    try {
      await decide(one.subjectId, 'withdraw', elsewhere);
      await until(() => last.get(one.conversationId) === 'withdrawn');
      expect(await one.texts()).toEqual(['withdrawn', 'withdrawn', 'withdrawn']);
      await decide(one.subjectId, 'grant', elsewhere);
      await until(() => last.get(one.conversationId) === null);
      await link(one.subjectId, other.subjectId);
      await decide(other.subjectId, 'withdraw', elsewhere);
      await until(() => last.get(one.conversationId) === 'withdrawn');
      expect(last.has(other.conversationId)).toBe(false);
    } finally {
      await elsewhere?.close();
    }
  });

  it('P-0103 a yes to less than the conversation takes by now opens none', async () => {
    const agent = await world.agent();
    const { conversationId, texts, say } = await taken(agent);
    const late = await world.visitor();
    const activities = DEFAULT_REGISTER.activities.map((one) =>
      one.purpose === 'support-conversation' ? { ...one, retainMonths: 36 } : one,
    );
    const who = { tenantId, memberId: world.tenants[0].members[0]!.id, correlationId: 'test' };
    const register = { ...DEFAULT_REGISTER, activities };
    await world.platform.privacy.register.change(who, { baseVersion: 1, register, note: 'longer' });
    expect(await late.send('too late')).toMatchObject({ ok: false, code: 'privacy.policy-superseded' });
    expect(conversationId).toBeDefined();
    expect(await texts()).toEqual(['superseded', 'superseded', 'superseded']);
    expect(await say('message:send')).toMatchObject({ ok: false, code: 'privacy.policy-superseded' });
    const fresh: { ok: boolean } & Partial<VisitorSent> = await (await world.visitor()).send('agreed to what is now');
    expect(fresh).toMatchObject({ ok: true });
  });

  it('P-0103 P-0202 new instructions reach open screens within 5 s', async () => {
    const [owner, mine] = [await world.agent({ member: 0 }), await world.agent({ member: 1 })];
    const foreign = await world.agent({ tenant: world.tenants[1], member: 0 });
    const { conversationId } = await taken(mine);
    const heard = ({ socket }: Agent) => {
      const told: (string | null)[] = [];
      socket.on('access', (packet: ConversationAccess) => {
        if (packet.conversationId === conversationId) told.push(packet.withheld);
      });
      return told;
    };
    const [all, own, strangers] = [owner, mine, foreign].map(heard);
    const rows: string[] = [];
    mine.socket.on('conversation', (packet: ConversationRef) => rows.push(packet.conversationId));
    const book = world.platform.privacy.register;
    const { version, register } = await book.load(tenantId);
    const activities = register.activities.map((one) =>
      one.purpose === 'support-conversation' ? { ...one, retainMonths: one.retainMonths + 12 } : one,
    );
    const who = { tenantId, memberId: world.tenants[0].members[0]!.id, correlationId: 'test' };
    await book.change(who, { baseVersion: version, register: { ...register, activities }, note: 'longer' });
    await until(() => own!.length > 0 && all!.length > 0 && rows.includes(conversationId));
    // The change of the test before may only be heard now; each one is told.
    for (const told of [own, all]) expect(new Set(told)).toEqual(new Set(['superseded']));
    expect(strangers).toEqual([]);
    const row = (await mine.list('mine')).items.find(({ id }) => id === conversationId)!;
    expect(row).toMatchObject({ withheld: 'superseded' });
    expect(row).not.toHaveProperty('preview');
  });
});
