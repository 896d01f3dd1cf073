import type { AgentItem, ConversationSummary, MemberPage, MemberSummary } from '@libs/contracts';
import { newId, OperationalError } from '@libs/kernel';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { MemberWork } from '../../apps/chat/src/conversations/member-work.js';
import { openWallWorld, talk } from '../walls/wall-world.js';
import type { ChatWorld } from '../world/chat-world.js';
import { until } from '../world/clients.js';
import { type AccountCaller, accountCaller, hire, membersRows } from './account-caller.js';
import { type Desk, VERSIONED_THINGS } from './versioned-things.js';

describeColumns('members on $column', (column) => {
  let world: ChatWorld;
  let owner: AccountCaller;

  beforeAll(async () => {
    world = await openWallWorld(column);
  });
  afterAll(() => world?.close());
  beforeEach(() => {
    owner = accountCaller(world, world.tenants[0].members[0]!.cookie);
  });

  const chat = (): AccountCaller => accountCaller(world, world.tenants[0].members[0]!.cookie, 'chat');
  const find = async (id: string): Promise<MemberSummary> => {
    const page = (await owner.get<MemberPage>('/members?limit=100')).body;
    return page.items.find((one) => one.id === id)!;
  };

  it('F-0201 the list is paged, names its people and says who is invited', async () => {
    const invited = await owner.post<{ id: string }>('/invitations', {
      email: 'zhang.san@list.example',
      role: 'agent',
    });
    expect(invited.status).toBe(201);
    const seen: MemberSummary[] = [];
    const totals = new Set<number>();
    for (let next: string | null = ''; next !== null; ) {
      const page: MemberPage = (await owner.get<MemberPage>(`/members?limit=2${next ? `&cursor=${next}` : ''}`)).body;
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items);
      totals.add(page.total);
      next = page.next;
    }
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    // Each page says how many there are on all of them.
    expect([...totals]).toEqual([seen.length]);
    expect(seen.filter(({ state }) => state === 'active').map(({ displayName }) => displayName)).toEqual(
      expect.arrayContaining(['alpha 0', 'alpha 1', 'alpha 2', 'alpha 3']),
    );
    expect(seen.find(({ id }) => id === invited.body.id)).toMatchObject({ state: 'invited', role: 'agent' });
    expect(JSON.stringify(seen)).not.toContain('zhang.san');
    expect(JSON.stringify(seen)).not.toMatch(/beta/);
    expect((await owner.delete(`/invitations/${invited.body.id}`)).status).toBe(204);
  });

  it('F-0201 sub-accounts that call these are refused with 403, and nothing happens', async () => {
    const [, agent, other, officer] = world.tenants[0].members;
    for (const { cookie } of [agent!, officer!]) {
      const caller = accountCaller(world, cookie);
      const calls = [
        caller.get('/members'),
        caller.get('/roles'),
        accountCaller(world, cookie, 'chat').get(`/members/${other!.id}/work`),
        caller.patch(`/members/${other!.id}`, { role: 'owner', version: 1 }),
        caller.post(`/members/${other!.id}/disable`, { version: 1 }),
        caller.post(`/members/${other!.id}/enable`, { version: 1 }),
        caller.post('/invitations', { email: 'x@list.example', role: 'agent' }),
        caller.patch('/workspace', { name: 'Mine', version: 1 }),
      ];
      for (const { status, body } of await Promise.all(calls)) {
        expect([status, body.code]).toEqual([403, 'http.permission-missing']);
      }
    }
    expect(await find(other!.id)).toMatchObject({ role: 'agent', state: 'active', version: 1 });
  });

  it('F-0203 a member of another tenant is 404, as one that exists nowhere', async () => {
    const foreign = world.tenants[1].members[1]!.id;
    for (const id of [foreign, newId()]) {
      const calls = [
        owner.patch(`/members/${id}`, { role: 'agent', version: 1 }),
        owner.post(`/members/${id}/disable`, { version: 1 }),
      ];
      for (const { status, body } of await Promise.all(calls)) {
        expect([status, body.code]).toEqual([404, 'account.member-not-found']);
      }
      const { status, body } = await chat().get(`/members/${id}/work`);
      expect([status, body.code]).toEqual([404, 'chat.member-not-found']);
    }
  });

  it('F-0205 a role takes effect within 5 s on requests and open sockets, also in other processes by the feed', async () => {
    const member = await hire(world, 'agent');
    const socket = await member.connect();
    const ended = new Promise<{ code: string }>((resolve) => socket.once('end', resolve));
    expect((await accountCaller(world, member.cookie).get('/members')).status).toBe(403);
    const changed = await owner.patch<MemberSummary>(`/members/${member.id}`, { role: 'admin', version: 1 });
    expect([changed.status, changed.body.role, changed.body.version]).toEqual([200, 'admin', 2]);
    expect(await ended).toEqual({ code: 'account.rights-changed' });
    expect((await accountCaller(world, member.cookie).get('/members')).status).toBe(200);
    const rows = await membersRows(world, 'event_invalidation', 'ref', member.id);
    expect(rows.map(({ kind }) => kind)).toContain('role');
  });

  it('P-1006 nobody raises himself, and an admin neither makes nor changes an owner', async () => {
    const admin = await hire(world, 'admin');
    const second = await hire(world, 'owner');
    const caller = accountCaller(world, admin.cookie);
    const refusals = [
      await caller.patch(`/members/${admin.id}`, { role: 'owner', version: 1 }),
      await caller.patch(`/members/${second.id}`, { role: 'agent', version: 1 }),
      await caller.post(`/members/${second.id}/disable`, { version: 1 }),
      await caller.patch(`/members/${world.tenants[0].members[2]!.id}`, { role: 'owner', version: 1 }),
      await caller.post('/invitations', { email: 'boss@list.example', role: 'owner' }),
    ];
    expect(refusals.map(({ status, body }) => `${status} ${body.code}`)).toEqual([
      '403 account.own-role',
      ...Array.from({ length: 4 }, () => '403 account.owner-only'),
    ]);
    expect((await owner.post(`/members/${second.id}/disable`, { version: 1 })).status).toBe(200);
  });

  it('F-0201 of two browsers that edit one member the second is told', async () => {
    const member = await hire(world, 'agent');
    const edits = await Promise.all(
      ['supervisor', 'admin'].map((role) => owner.patch(`/members/${member.id}`, { role, version: 1 })),
    );
    expect(edits.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(edits.find(({ status }) => status === 409)!.body.code).toBe('account.edit-conflict');
  });

  it('F-0208 the last owner can be neither demoted nor disabled', async () => {
    const id = world.tenants[0].members[0]!.id;
    const { version } = await find(id);
    for (const refused of [
      await owner.patch(`/members/${id}`, { role: 'agent', version }),
      await owner.post(`/members/${id}/disable`, { version }),
    ]) {
      expect([refused.status, refused.body.code]).toEqual([409, 'account.last-owner']);
    }
    expect(await find(id)).toMatchObject({ role: 'owner', state: 'active', version });
  });

  it('F-0208 of two owners who demote each other at the same moment one stays', async () => {
    const first = world.tenants[0].members[0]!;
    for (let round = 0; round < 3; round += 1) {
      const second = await hire(world, 'owner');
      const { version } = await find(first.id);
      const [mine, theirs] = await Promise.all([
        owner.patch(`/members/${second.id}`, { role: 'admin', version: 1 }),
        accountCaller(world, second.cookie).patch(`/members/${first.id}`, { role: 'admin', version }),
      ]);
      const answers = [mine, theirs].map(({ status, body }) => `${status} ${body.code ?? ''}`.trim());
      expect(answers.sort()).toEqual(['200', '409 account.last-owner']);
      if (theirs.status === 200) {
        // Back to how the other tests know it.
        const again = accountCaller(world, second.cookie);
        const back = { role: 'owner', version: version + 1 };
        expect((await again.patch(`/members/${first.id}`, back)).status).toBe(200);
        expect((await owner.patch(`/members/${second.id}`, { role: 'admin', version: 1 })).status).toBe(200);
      }
    }
  });

  it('F-0209 a disabled member loses requests and sockets, signs in nowhere here, and comes back enabled', async () => {
    const member = await hire(world, 'agent');
    const socket = await member.connect();
    const ended = new Promise((resolve) => socket.once('disconnect', resolve));
    expect((await owner.post(`/members/${member.id}/disable`, { version: 1 })).body).toMatchObject({
      state: 'disabled',
      version: 2,
    });
    await ended;
    const caller = accountCaller(world, member.cookie);
    expect((await caller.get('/me')).status).toBe(401);
    const refused = await member.signIn();
    expect([refused.status, refused.body.code]).toEqual([403, 'account.no-workspace']);
    expect((await owner.post(`/members/${member.id}/enable`, { version: 2 })).body).toMatchObject({ state: 'active' });
    // Old sessions stay ended; a new one opens.
    expect((await caller.get('/me')).status).toBe(401);
    expect((await member.signIn()).status).toBe(200);
  });

  it.each(['queue', 'colleague'])('F-0208 who leaves hands over: open work goes to the %s, live', async (where) => {
    const leaver = await hire(world, 'agent');
    const heir = world.tenants[0].members[2]!;
    const { ids, visitor } = await talk(world, world.tenants[0], 'queued');
    const id = ids.conversation!;
    const agent = await leaver.open();
    expect((await agent.take(id)).status).toBe(200);
    expect((await chat().get(`/members/${leaver.id}/work`)).body).toEqual({ openConversations: 1 });
    const watcher = await world.agent({ member: 0 });
    await watcher.socket.emitWithAck('conversation:watch', { conversationId: id });
    const told: string[] = [];
    watcher.socket.on('conversation', ({ conversationId }) => told.push(conversationId));

    const to = where === 'colleague' ? { handOverTo: heir.id } : {};
    expect((await owner.post(`/members/${leaver.id}/disable`, { version: 1, ...to })).status).toBe(200);

    const kind = where === 'colleague' ? 'assigned' : 'released';
    await until(() => watcher.items.some((item: AgentItem) => item.kind === kind));
    await until(() => told.includes(id));
    const row = (await watcher.get<ConversationSummary>(`/conversations/${id}`)).body;
    expect(row).toMatchObject(
      where === 'colleague' ? { state: 'open', assigneeId: heir.id } : { state: 'queued', assigneeId: null },
    );
    const entries = await membersRows(world, 'event_journal', 'resource', `conversation:${id}`);
    expect(entries.map((entry) => entry.kind)).toContain(`chat.conversation-${kind}.v1`);
    expect((await chat().get(`/members/${leaver.id}/work`)).body).toEqual({ openConversations: 0 });
    visitor.close();
    watcher.close();
  });

  it('F-0208 a resolved conversation of a leaver waits for nobody when the person writes again', async () => {
    const leaver = await hire(world, 'agent');
    const { ids, visitor } = await talk(world, world.tenants[0], 'queued');
    const id = ids.conversation!;
    const agent = await leaver.open();
    await agent.take(id);
    expect((await agent.post(`/conversations/${id}/resolve`)).status).toBe(200);
    expect((await owner.post(`/members/${leaver.id}/disable`, { version: 1 })).status).toBe(200);
    await visitor.send('alpha again');
    const watcher = await world.agent({ member: 0 });
    const row = (await watcher.get<ConversationSummary>(`/conversations/${id}`)).body;
    expect(row).toMatchObject({ state: 'queued', assigneeId: null });
    visitor.close();
    watcher.close();
  });

  it.each(['leaves', 'serves no more'])(
    'F-0208 what was cut off while somebody %s is done all the same',
    async (how) => {
      const leaver = await hire(world, 'agent');
      const heir = world.tenants[0].members[2]!;
      const { ids, visitor } = await talk(world, world.tenants[0], 'queued');
      const id = ids.conversation!;
      expect((await (await leaver.open()).take(id)).status).toBe(200);
      const cut = new OperationalError('test.cut-off', 'The process died here.');
      const works = vi
        .spyOn(world.app.get(MemberWork), 'handOver')
        .mockRejectedValueOnce(cut)
        .mockRejectedValueOnce(cut);

      const { status } =
        how === 'leaves'
          ? await owner.post(`/members/${leaver.id}/disable`, { version: 1, handOverTo: heir.id })
          : await owner.patch(`/members/${leaver.id}`, { version: 1, role: 'privacy-officer' });
      expect(status).toBeGreaterThanOrEqual(500);

      const watcher = await world.agent({ member: 0 });
      const assignee = async () => (await watcher.get<ConversationSummary>(`/conversations/${id}`)).body.assigneeId;
      await expect.poll(assignee).toBe(how === 'leaves' ? heir.id : null);
      works.mockRestore();
      visitor.close();
      watcher.close();
    },
  );

  it('F-0208 work goes only to who can do it', async () => {
    const leaver = await hire(world, 'agent');
    const officer = world.tenants[0].members[3]!.id;
    for (const [handOverTo, code] of [
      [officer, 'account.hand-over-refused'],
      [leaver.id, 'account.hand-over-refused'],
      [world.tenants[1].members[1]!.id, 'account.member-not-found'],
    ] as const) {
      const refused = await owner.post(`/members/${leaver.id}/disable`, { version: 1, handOverTo });
      expect(refused.body.code).toBe(code);
    }
    expect(await find(leaver.id)).toMatchObject({ state: 'active', version: 1 });
  });

  it('F-0203 C-26 who opens the work of a colleague leaves an account of the read', async () => {
    const { ids, visitor } = await talk(world, world.tenants[0], 'open');
    const boss = await world.agent({ member: 0 });
    expect((await boss.get(`/conversations/${ids.conversation}/items`)).status).toBe(200);
    await world.platform.desk.reads.flush();
    const read = await membersRows(world, 'privacy_read_entry', 'member_id', world.tenants[0].members[0]!.id);
    expect(read.filter(({ place }) => String(place).includes(ids.conversation!)).length).toBeGreaterThan(0);
    const entries = await membersRows(world, 'event_journal', 'kind', 'privacy.sensitive-read.v1');
    expect(entries.some(({ subject_id: subjectId }) => subjectId === ids.subject)).toBe(true);
    visitor.close();
    boss.close();
  });

  it('F-0201 the workspace has one name at a time; odd names are refused, the address stays', async () => {
    const before = (await owner.get<{ version: number; slug: string }>('/workspace')).body;
    const { version, slug } = before;
    for (const name of ['', ' ', 'a\u202eb', 'a\r\nBcc: x', `${'店'.repeat(400)}\u2067`]) {
      const refused = await owner.patch('/workspace', { version, name });
      expect([refused.status, refused.body.code]).toEqual([422, 'account.workspace-name-invalid']);
    }
    const edits = await Promise.all(['晴川', '远山'].map((name) => owner.patch('/workspace', { version, name })));
    expect(edits.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(edits.find(({ status }) => status === 409)!.body.code).toBe('account.edit-conflict');
    const after = (await owner.get<{ version: number; slug: string }>('/workspace')).body;
    expect(after).toMatchObject({ version: version + 1, slug });
    expect((await owner.patch('/workspace', { version: version + 1, name: 'alpha', slug: 'other' })).status).toBe(422);
    expect((await owner.patch('/workspace', { version: version + 1, name: 'alpha' })).status).toBe(200);
  });

  it.each(Object.entries(VERSIONED_THINGS))(
    'C6 who edits too late is told who was quicker, and when: %s',
    async (_, thing) => {
      const desk = (cookie: string): Desk => ({
        account: accountCaller(world, cookie),
        chat: accountCaller(world, cookie, 'chat'),
      });
      const [first, admin] = [
        desk(world.tenants[0].members[0]!.cookie),
        await hire(world, 'admin', undefined, 'Li Na'),
      ];
      const second = desk(admin.cookie);
      const { id, version } = await thing.begin(first);
      const late = async (who: Desk) => {
        const { status, body } = await thing.edit(who, id, version);
        expect(status).toBe(409);
        const { changedAt, ...told } = body.details!;
        return [told, typeof changedAt];
      };
      expect((await thing.edit(second, id, version)).status).toBe(200);
      expect(await late(first)).toMatchObject([{ changedBy: 'member', changedByName: 'Li Na' }, 'number']);
      const own = await late(second);
      expect(own).toMatchObject([{ changedBy: 'you' }, 'number']);
      expect(own[0]).not.toHaveProperty('changedByName');
      // As after the person was erased: nobody has this name any more.
      const [table, column] =
        thing.table === 'chat_inbox' ? ['chat_inbox_change', 'member_id'] : [thing.table, 'changed_by'];
      const key = thing.table === 'tenant_tenant' ? 'id' : 'tenant_id';
      const tenantId = world.tenants[0].id;
      await world.platform.work.upkeep(
        async (tx) => tx.run(`UPDATE ${table} SET ${column} = ? WHERE ${key} = ?`, [newId(), tenantId]),
        new Set([tenantId]),
      );
      const gone = await late(first);
      expect(gone).toMatchObject([{ changedBy: 'former-member' }, 'number']);
      expect(gone[0]).not.toHaveProperty('changedByName');
    },
  );

  it('F-0105 C6 who meets colleagues in conversations alone is told by which service nickname somebody was quicker', async () => {
    const { 'canned response': thing } = VERSIONED_THINGS;
    const desk = (cookie: string): Desk => ({
      account: accountCaller(world, cookie),
      chat: accountCaller(world, cookie, 'chat'),
    });
    const admin = await hire(world, 'admin', undefined, 'Wang Xiaowen');
    const profile = { version: 0, fields: { nickname: 'Wen' } };
    expect((await desk(admin.cookie).account.patch('/me/profile', profile)).status).toBe(200);
    const [first, second] = [desk((await hire(world, 'supervisor')).cookie), desk(admin.cookie)];
    const { id, version } = await thing!.begin(first);
    expect((await thing!.edit(second, id, version)).status).toBe(200);
    const told = async (who: Desk) => (await thing!.edit(who, id, version)).body.details;
    expect(await told(first)).toMatchObject({ changedBy: 'member', changedByName: 'Wen' });
    // Who manages members knows their names.
    expect(await told(desk(world.tenants[0].members[0]!.cookie))).toMatchObject({ changedByName: 'Wang Xiaowen' });
  });
});
