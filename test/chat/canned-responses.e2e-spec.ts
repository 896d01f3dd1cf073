import type { CannedResponse, CannedResponses } from '@libs/contracts';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MemberWork } from '../../apps/chat/src/conversations/member-work.js';
import { type ChatWorld, openChatWorld } from '../world/chat-world.js';
import { type Agent, must } from '../world/clients.js';

type Answer = Partial<CannedResponse> & {
  readonly code?: string;
  readonly details?: Readonly<Record<string, unknown>>;
};

const SECRET = 'Anna-Private-Signature-7731';

describeColumns('canned responses on $column', (column) => {
  let world: ChatWorld;
  let owner: Agent;
  let agent: Agent;
  let colleague: Agent;
  beforeAll(async () => {
    world = await openChatWorld({ column });
    owner = await world.agent({ member: 0 });
    agent = await world.agent({ member: 1 });
    colleague = await world.agent({ member: 2 });
  });
  afterAll(() => world?.close());

  const call = async (
    who: Agent,
    method: string,
    id: string,
    body?: object,
  ): Promise<{ status: number; body: Answer }> => {
    const headers = { cookie: who.cookie, origin: world.origin, 'content-type': 'application/json' };
    const url = `${world.origin}/api/v1/chat/canned-responses${id === '' ? '' : `/${id}`}`;
    const response = await fetch(url, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Answer) };
  };
  const wish = (shortcut: string, more: object = {}) => ({
    ...{ owner: 'workspace', shortcut, title: 'Hello', text: 'Hello {{contact.name}}', locale: null, position: 5 },
    ...more,
  });
  const list = async (who: Agent): Promise<CannedResponses> =>
    (await who.get<CannedResponses>('/canned-responses')).body;
  const words = async (who: Agent) => (await list(who)).items.map(({ shortcut }) => shortcut);
  const rows = (table: string) => {
    const { id } = world.tenants[0];
    const sql = `SELECT * FROM ${table} WHERE tenant_id = ?`;
    return world.platform.work.upkeep(async (tx) => tx.all(sql, [id]), new Set([id]));
  };

  it('F-0304 one of the workspace is there for all who answer, in its order, and nobody else', async () => {
    const made = await call(owner, 'POST', '', wish('  Hi '));
    expect(made).toMatchObject({ status: 201, body: { shortcut: 'hi', version: 1, owner: 'workspace' } });
    await call(owner, 'POST', '', wish('first', { position: 1 }));
    expect(await words(agent)).toEqual(['first', 'hi']);
    expect(await list(agent)).toMatchObject({ agentName: 'alpha 1', workspaceName: 'alpha' });
    expect(await words(await world.agent({ tenant: world.tenants[1], member: 0 }))).toEqual([]);
    const id = made.body.id!;
    const edited = await call(owner, 'PUT', id, { ...wish('hi', { title: '你好' }), owner: undefined, version: 1 });
    expect(edited).toMatchObject({ status: 200, body: { title: '你好', version: 2 } });
    expect((await call(owner, 'DELETE', id, { version: 2 })).status).toBe(204);
    expect(await words(agent)).toEqual(['first']);
    // Taken back: it is made anew.
    expect((await call(owner, 'POST', '', wish('hi'))).status).toBe(201);
  });

  it('F-0304 own ones are written by everybody, read by nobody else, and lie sealed', async () => {
    const made = await call(agent, 'POST', '', wish('own', { owner: 'me', text: SECRET, title: SECRET }));
    expect(made.status).toBe(201);
    expect(await words(agent)).toContain('own');
    expect(await words(owner)).not.toContain('own');
    for (const [method, body] of [
      ['PUT', { ...wish('own'), owner: undefined, version: 1 }],
      ['DELETE', { version: 1 }],
    ] as const) {
      const refused = await call(owner, method, made.body.id!, body);
      expect([refused.status, refused.body.code]).toEqual([404, 'chat.canned-not-found']);
    }
    const stored = await rows('chat_own_response');
    expect(stored).toHaveLength(1);
    for (const name of ['shortcut', 'title', 'text']) {
      expect(Buffer.from(stored[0]![name] as Buffer).includes(SECRET)).toBe(false);
    }
    const edit = { ...wish('own', { text: 'changed' }), owner: undefined, version: 1 };
    expect((await call(agent, 'PUT', made.body.id!, edit)).body).toMatchObject({ text: 'changed', version: 2 });
  });

  it('F-0304 an agent does not write for everybody', async () => {
    const shared = (await list(agent)).items.find((one) => one.owner === 'workspace')!;
    const { id, version } = shared;
    const tries = [
      await call(agent, 'POST', '', wish('mine')),
      await call(agent, 'PUT', id, { ...wish('mine'), owner: undefined, version }),
      await call(agent, 'DELETE', id, { version }),
    ];
    for (const refused of tries) expect([refused.status, refused.body.code]).toEqual([403, 'chat.canned-not-yours']);
    const officer = await world.agent({ member: 3 }).catch(() => undefined);
    if (officer) expect((await officer.get('/canned-responses')).status).toBe(403);
  });

  it('F-0304 bad input has a code of its own, and nothing is stored', async () => {
    const before = await words(owner);
    const cases: readonly (readonly [object, string])[] = [
      [{ shortcut: 'two words' }, 'chat.canned-shortcut-invalid'],
      [{ shortcut: '' }, 'chat.canned-shortcut-invalid'],
      [{ shortcut: 'x'.repeat(33) }, 'chat.canned-shortcut-invalid'],
      [{ shortcut: '/slash' }, 'chat.canned-shortcut-invalid'],
      [{ title: ' ' }, 'chat.canned-title-invalid'],
      [{ title: 'a\u202eb' }, 'chat.canned-title-invalid'],
      [{ title: 'x'.repeat(81) }, 'chat.canned-title-invalid'],
      [{ text: ' \n ' }, 'chat.canned-text-empty'],
      [{ text: '汉'.repeat(10_001) }, 'chat.canned-text-too-long'],
      [{ text: 'call {{contact.mobile}}' }, 'chat.variable-unknown'],
      [{ locale: 'fr' }, 'http.invalid-input'],
      [{ position: -1 }, 'http.invalid-input'],
      [{ owner: 'team' }, 'http.invalid-input'],
    ];
    for (const [more, code] of cases) {
      const refused = await call(owner, 'POST', '', wish('bad', more));
      expect([refused.status, refused.body.code]).toEqual([422, code]);
    }
    expect(await words(owner)).toEqual(before);
    expect((await call(owner, 'POST', '', wish('longest', { text: '汉'.repeat(10_000) }))).status).toBe(201);
  });

  it('F-0304 of two who do the same at once one is told', async () => {
    const same = await Promise.all([1, 2].map(() => call(owner, 'POST', '', wish('same'))));
    expect(same.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(same.find(({ status }) => status === 409)!.body.code).toBe('chat.canned-shortcut-taken');
    const own = await Promise.all([1, 2].map(() => call(agent, 'POST', '', wish('twice', { owner: 'me' }))));
    expect(own.map(({ status }) => status).sort()).toEqual([201, 409]);
    // The same word in another language, and of another owner, is another one.
    expect((await call(owner, 'POST', '', wish('same', { locale: 'en' }))).status).toBe(201);
    expect((await call(colleague, 'POST', '', wish('same', { owner: 'me' }))).status).toBe(201);
    const { id } = same.find(({ status }) => status === 201)!.body;
    const edits = await Promise.all(
      ['one', 'two'].map((title) =>
        call(owner, 'PUT', id!, { ...wish('same', { title }), owner: undefined, version: 1 }),
      ),
    );
    expect(edits.map(({ status }) => status).sort()).toEqual([200, 409]);
    const lost = edits.find(({ status }) => status === 409)!;
    expect(lost.body).toMatchObject({ code: 'chat.canned-changed', details: { version: 2 } });
    const gone = await Promise.all([1, 2].map(() => call(owner, 'DELETE', id!, { version: 2 })));
    expect(gone.map(({ status }) => status).sort()).toEqual([204, 404]);
  });

  it('F-0304 consoles of the workspace hear of a change, of own ones their author alone', async () => {
    const heard: string[] = [];
    for (const [name, one] of Object.entries({ agent, colleague })) one.socket.on('canned', () => heard.push(name));
    await call(owner, 'POST', '', wish('news'));
    await expect.poll(() => [...heard].sort()).toEqual(['agent', 'colleague']);
    heard.length = 0;
    await call(agent, 'POST', '', wish('own-news', { owner: 'me' }));
    await expect.poll(() => heard).toEqual(['agent']);
  });

  it('F-0304 P-0304 every act leaves its entry in the journal, without the text', async () => {
    const journal = (await rows('event_journal')).filter(({ kind }) => String(kind).startsWith('chat.canned-'));
    expect(new Set(journal.map(({ kind }) => kind))).toEqual(
      new Set(['created', 'changed', 'deleted'].map((act) => `chat.canned-${act}.v1`)),
    );
    expect(JSON.stringify(journal)).not.toContain(SECRET);
    expect(JSON.stringify(journal)).not.toContain('contact.name');
  });

  it('F-0304 P-1307 own ones go with the member who leaves, and with the person', async () => {
    const tenantId = world.tenants[0].id;
    await call(colleague, 'POST', '', wish('stays-till-erasure', { owner: 'me' }));
    const ofAgent = world.tenants[0].members[1]!.id;
    const handOver = { tenantId, memberId: ofAgent, to: null, by: ofAgent, correlationId: 'test' };
    await world.app.get(MemberWork).handOver(handOver);
    const left = await rows('chat_own_response');
    expect(left.map(({ member_id }) => member_id)).not.toContain(ofAgent);
    expect(left.length).toBeGreaterThan(0);
    await world.platform.upkeep.destruction.destroySubject(tenantId, String(left[0]!.subject_id));
    expect(await rows('chat_own_response')).toEqual([]);
    expect((await rows('chat_canned_response')).length).toBeGreaterThan(0);
    must(await (await world.visitor()).send('still answered'));
  });
});
