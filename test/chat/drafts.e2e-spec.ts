import type { KeptDraft } from '@libs/contracts';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MemberWork } from '../../apps/chat/src/conversations/member-work.js';
import { type ChatWorld, openChatWorld } from '../world/chat-world.js';
import { type Agent, must } from '../world/clients.js';

interface Answer {
  readonly version?: number;
  readonly code?: string;
  readonly details?: { readonly version?: number };
}

describeColumns('drafts that follow a member on $column', (column) => {
  let world: ChatWorld;
  beforeAll(async () => {
    world = await openChatWorld({ column });
  });
  afterAll(() => world?.close());

  const taken = async (): Promise<{ id: string; subjectId: string; agent: Agent }> => {
    const visitor = await world.visitor();
    must(await visitor.send('hello'));
    const agent = await world.agent({ member: 1 });
    const { id, subjectId } = (await agent.list('unassigned')).items[0]!;
    expect((await agent.take(id)).status).toBe(200);
    return { id, subjectId, agent };
  };
  const keep = async (agent: Agent, id: string, body: object): Promise<{ status: number; body: Answer }> => {
    const headers = { cookie: agent.cookie, origin: world.origin, 'content-type': 'application/json' };
    const url = `${world.origin}/api/v1/chat/conversations/${id}/draft`;
    const response = await fetch(url, { method: 'PUT', headers, body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as Answer };
  };
  const draft = async (agent: Agent, id: string) => (await agent.get<KeptDraft>(`/conversations/${id}/draft`)).body;
  const rows = () =>
    world.platform.work.upkeep(
      async (tx) => tx.all('SELECT * FROM chat_draft WHERE tenant_id = ?', [world.tenants[0].id]),
      new Set([world.tenants[0].id]),
    );

  it('F-0304 a draft is there on another device, for its author alone, and lies sealed', async () => {
    const { id, agent } = await taken();
    expect(await draft(agent, id)).toEqual({ message: '', note: '', version: 0 });
    const text = { message: '榨汁机 👩‍👩‍👧‍👦', note: 'secret note' };
    expect(await keep(agent, id, { ...text, base: 0 })).toEqual({ status: 200, body: { version: 1 } });
    const device = await world.agent({ member: 1 });
    expect(await draft(device, id)).toEqual({ ...text, version: 1 });
    const owner = await world.agent({ member: 0 });
    expect(await draft(owner, id)).toEqual({ message: '', note: '', version: 0 });
    const outsider = await world.agent({ member: 2 });
    expect((await outsider.get(`/conversations/${id}/draft`)).status).toBe(404);
    expect(Buffer.from(JSON.stringify(await rows())).includes('secret')).toBe(false);
    for (const row of await rows()) expect(String(row.note)).not.toContain('secret');
  });

  it('F-0304 of two tabs the second is told, and nothing of either is lost', async () => {
    const { id, agent } = await taken();
    const answers = await Promise.all(['one', 'two'].map((message) => keep(agent, id, { message, note: '', base: 0 })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const lost = answers.find(({ status }) => status === 409)!;
    expect(lost.body).toMatchObject({ code: 'chat.draft-changed', details: { version: 1 } });
    // A text that was sent or deleted leaves its version: an older tab does not write over what came after it.
    expect((await keep(agent, id, { message: '', note: '', base: 1 })).body).toEqual({ version: 2 });
    expect((await keep(agent, id, { message: 'late', note: '', base: 1 })).status).toBe(409);
    expect(await draft(agent, id)).toEqual({ message: '', note: '', version: 2 });
  });

  it('F-0304 bad input is refused and nothing is kept', async () => {
    const { id, agent } = await taken();
    const text = { message: '', note: '' };
    const cases = [
      { ...text, base: -1 },
      { ...text, base: 0.5 },
      { ...text },
      { ...text, base: 0, message: 'x'.repeat(15_001) },
    ];
    for (const body of cases) expect((await keep(agent, id, body)).status).toBeGreaterThanOrEqual(400);
    expect(await draft(agent, id)).toEqual({ ...text, version: 0 });
    const half = { message: `half \ud800`, note: '', base: 0 };
    expect((await keep(agent, id, half)).status).toBe(200);
    expect((await draft(agent, id)).message).toBe('half \ufffd');
  });

  it('F-0304 P-1307 drafts go with the person, and with the member who leaves', async () => {
    const { id, subjectId, agent } = await taken();
    const other = await taken();
    for (const one of [id, other.id]) await keep(agent, one, { message: 'unsent', note: '', base: 0 });
    const before = await rows();
    const tenantId = world.tenants[0].id;
    await world.platform.upkeep.destruction.destroySubject(tenantId, subjectId);
    const left = await rows();
    expect(left.map((row) => row.conversation_id)).not.toContain(id);
    expect(left).toHaveLength(before.length - 1);
    const member = world.tenants[0].members[1]!.id;
    const work = { tenantId, memberId: member, to: null, by: member, correlationId: 'test' };
    await world.app.get(MemberWork).handOver(work);
    expect(await rows()).toEqual([]);
  });
});
