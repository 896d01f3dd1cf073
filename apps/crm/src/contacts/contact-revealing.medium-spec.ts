import type { BulkRevealed, ContactPage } from '@libs/contracts';
import { ManualClock, newId } from '@libs/kernel';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CrmWorld, type MemberName, openCrmWorld, type Person, SCOPES } from '../crm-world.fixture.js';

const ADDRESS = '上海市徐汇区漕溪北路88号';

describeColumns('reveals of contacts on $column', (column) => {
  let world: CrmWorld;
  const reveal = (who: MemberName, contactId: string, body: object) =>
    world.call(who, 'POST', `/${contactId}/reveals`, body);
  const readsOf = async (subjectId: string) =>
    (await world.platform.desk.reads.of(world.tenants[0], subjectId)).items.filter(({ reason }) => reason !== null);
  const code = async (answer: ReturnType<typeof reveal>) => {
    const { statusCode, json } = await answer;
    return [statusCode, json().code ?? json().value];
  };

  beforeAll(async () => {
    world = await openCrmWorld(column);
  });
  afterAll(() => world?.close());

  it('P-1004 P-1010 a value of own work is shown for a minute and accounted before', async () => {
    const before = Date.now();
    const { subjectId, contactId, conversationId } = await world.filled(
      { mobile: '13600136001' },
      { assignee: 'agent' },
    );
    const answer = await reveal('agent', contactId, { field: 'mobile', conversationId });
    expect(answer.json()).toEqual({ field: 'mobile', value: '+8613600136001', until: expect.any(Number) });
    expect(answer.json().until - before).toBeGreaterThanOrEqual(60_000);
    expect(await readsOf(subjectId)).toMatchObject([
      {
        ...{ memberId: world.people.agent.id, role: 'agent', purpose: 'customer-relations' },
        ...{ fields: ['contact.mobile'], range: `contact:${contactId}`, reason: 'conversation' },
      },
    ]);
    const entries = await world.journalOf('privacy.value-revealed.v1');
    expect(entries.at(-1)).toMatchObject({ subject_id: subjectId, fields: 'contact.mobile' });
    expect(JSON.stringify(entries) + world.lines.join('')).not.toContain('13600136001');
  });

  it('P-1004 outside of own work a reason is named, and what it is where it is another one', async () => {
    const { subjectId, contactId, conversationId } = await world.filled(
      { mobile: '13600136002' },
      { assignee: 'agent' },
    );
    const mobile = { field: 'mobile' };
    expect(await code(reveal('owner', contactId, mobile))).toEqual([422, 'http.invalid-input']);
    expect(await code(reveal('owner', contactId, { ...mobile, reason: 'other' }))).toEqual([422, 'http.invalid-input']);
    expect(await code(reveal('owner', contactId, { ...mobile, reason: 'other', note: ' ' }))).toEqual([
      ...[422, 'http.invalid-input'],
    ]);
    expect(await code(reveal('owner', contactId, { ...mobile, reason: 'fun' }))).toEqual([422, 'http.invalid-input']);
    const long = { ...mobile, reason: 'other', note: 'x'.repeat(201) };
    expect(await code(reveal('owner', contactId, long))).toEqual([422, 'http.invalid-input']);
    // Somebody else's conversation, one with somebody else, one that is nowhere.
    const stranger = await world.person({ assignee: 'owner' });
    for (const named of [conversationId, stranger.conversationId, newId()]) {
      const answer = reveal('owner', contactId, { ...mobile, reason: 'conversation', conversationId: named });
      expect(await code(answer)).toEqual([404, 'crm.conversation-not-found']);
    }
    expect(await readsOf(subjectId)).toEqual([]);
    const note = 'Asks for a call back, Lin';
    expect(await code(reveal('owner', contactId, { ...mobile, reason: 'other', note }))).toEqual([
      200,
      '+8613600136002',
    ]);
    expect(await readsOf(subjectId)).toMatchObject([{ reason: note }]);
  });

  it('P-1004 P-0402 a sensitive value takes its own permission and always a reason', async () => {
    const { contactId, conversationId } = await world.filled({ address: ADDRESS }, { assignee: 'agent' });
    const address = { field: 'address', reason: 'conversation', conversationId };
    expect(await code(reveal('agent', contactId, address))).toEqual([403, 'http.permission-missing']);
    expect(await code(reveal('supervisor', contactId, { field: 'address' }))).toEqual([422, 'http.invalid-input']);
    const answer = reveal('supervisor', contactId, { field: 'address', reason: 'identity-check' });
    expect(await code(answer)).toEqual([200, ADDRESS]);
    expect(await code(reveal('officer', contactId, { field: 'address', reason: 'identity-check' }))).toEqual([
      ...[200, ADDRESS],
    ]);
  });

  it('P-1004 withheld stays withheld, empty is empty, unseen is not there', async () => {
    const { subjectId, contactId } = await world.filled({ name: 'Lin', mobile: '13600136003' }, { assignee: 'owner' });
    await world.decide(subjectId, SCOPES.mobile, 'withdraw');
    const withheld = await reveal('owner', contactId, { field: 'mobile', reason: 'ticket' });
    expect([withheld.statusCode, withheld.json()]).toMatchObject([
      403,
      { code: 'privacy.consent-required', errors: [{ field: 'mobile', reason: 'withdrawn' }] },
    ]);
    await world.agree(subjectId, 'email');
    expect(await code(reveal('owner', contactId, { field: 'email', reason: 'ticket' }))).toEqual([
      404,
      'crm.field-empty',
    ]);
    const name = { field: 'name', reason: 'ticket' };
    expect(await code(reveal('agent', contactId, name))).toEqual([404, 'crm.contact-not-found']);
    expect(await code(reveal('stranger', contactId, name))).toEqual([404, 'crm.contact-not-found']);
    for (const more of [{ purpose: 'subject-request' }, { memberId: newId() }]) {
      expect(await code(reveal('owner', contactId, { ...name, ...more }))).toEqual([422, 'http.invalid-input']);
    }
    expect(await readsOf(subjectId)).toEqual([]);
  });

  it('P-1004 the name of somebody one talks to may be shown for the conversation', async () => {
    const how = { assignee: 'agent' } as const;
    const { subjectId, contactId, conversationId } = await world.filled({ name: '林晓雯' }, how);
    await world.decide(subjectId, 'purpose/support-conversation', 'grant');
    await world.decide(subjectId, SCOPES.name, 'withdraw');
    expect(await code(reveal('agent', contactId, { field: 'name', reason: 'ticket' }))).toEqual([
      ...[403, 'privacy.consent-required'],
    ]);
    expect(await code(reveal('agent', contactId, { field: 'name', conversationId }))).toEqual([200, '林晓雯']);
    expect(await readsOf(subjectId)).toMatchObject([{ purpose: 'support-conversation' }]);
  });

  describe('what two members agree on', () => {
    const fields = ['contact.address'] as const;
    let people: Person[];
    const approved = async (who: MemberName, by: MemberName | undefined, subjectIds: readonly string[]) => {
      const { approvals } = world.platform.desk;
      const as = (name: MemberName) => ({
        tenantId: world.tenants[0],
        memberId: world.people[name].id,
        correlationId: newId(),
      });
      const { id } = await approvals.request(as(who), {
        kind: 'bulk-reveal',
        fields,
        subjectIds,
        reason: 'Recall of a product',
      });
      if (by) await approvals.decide(as(by), id, 'approve');
      return id;
    };
    const bulk = (who: MemberName, approvalId: string) => world.call(who, 'POST', '/bulk-reveals', { approvalId });
    const subjectIds = () => people.map(({ subjectId }) => subjectId);

    beforeAll(async () => {
      people = [];
      for (let n = 0; n < 3; n++) people.push(await world.filled({ address: `${ADDRESS} ${n}室` }));
    });

    it('P-1007 P-1010 is shown once, to who asked, and accounted for each person', async () => {
      const id = await approved('supervisor', 'officer', subjectIds());
      expect(await code(bulk('owner', id))).toEqual([403, 'privacy.approval-required']);
      expect(await code(bulk('agent', id))).toEqual([403, 'http.permission-missing']);
      const { field, items } = (await bulk('supervisor', id)).json() as BulkRevealed;
      expect(field).toBe('address');
      expect(new Map(items.map(({ contactId, value }) => [contactId, value]))).toEqual(
        new Map(people.map(({ contactId }, n) => [contactId, { face: 'plain', value: `${ADDRESS} ${n}室` }])),
      );
      const listed = (await world.call('supervisor', 'GET', '?limit=200')).json() as ContactPage;
      const chosen = listed.items.filter(({ id: contactId }) =>
        people.some((person) => person.contactId === contactId),
      );
      expect(items.map(({ subjectId }) => subjectId)).toEqual(chosen.map(({ subjectId }) => subjectId));
      for (const { subjectId } of people) expect(await readsOf(subjectId)).toHaveLength(1);
      expect(await code(bulk('supervisor', id))).toEqual([409, 'privacy.approval-used']);
    });

    it('P-1007 nobody is shown without a second person, or beyond what was agreed', async () => {
      expect(await code(bulk('supervisor', await approved('supervisor', undefined, subjectIds())))).toEqual([
        ...[403, 'privacy.approval-required'],
      ]);
      expect(await code(bulk('supervisor', newId()))).toEqual([404, 'privacy.approval-not-found']);
      expect(await code(bulk('stranger', await approved('supervisor', 'officer', subjectIds())))).toEqual([
        ...[404, 'privacy.approval-not-found'],
      ]);
      const one = await approved('supervisor', 'officer', [people[0]!.subjectId]);
      const { items } = (await bulk('supervisor', one)).json() as BulkRevealed;
      expect(items.map(({ contactId }) => contactId)).toEqual([people[0]!.contactId]);
    });

    it('P-1007 a value that cannot be opened costs neither the approval nor an account', async () => {
      const one = await world.filled({ address: ADDRESS });
      const id = await approved('supervisor', 'officer', [one.subjectId]);
      const [tenantId] = world.tenants;
      const set = (address: Buffer) =>
        world.platform.work.upkeep(
          async (tx) =>
            tx.run('UPDATE crm_contact SET address = ? WHERE tenant_id = ? AND id = ?', [
              address,
              tenantId,
              one.contactId,
            ]),
          new Set([tenantId]),
        );
      const [row] = await world.rowsOf(tenantId, one.subjectId);
      const sealed = Buffer.from(row!.address as Buffer);
      const damaged = Buffer.from(sealed);
      damaged[damaged.length - 1]! ^= 1;
      await set(damaged);
      expect((await bulk('supervisor', id)).statusCode).toBe(500);
      expect(await readsOf(one.subjectId)).toHaveLength(0);
      await set(sealed);
      const { items } = (await bulk('supervisor', id)).json() as BulkRevealed;
      expect(items).toMatchObject([{ value: { face: 'plain', value: ADDRESS } }]);
      expect(await readsOf(one.subjectId)).toHaveLength(1);
    });

    it('P-1007 who has withdrawn since stays withheld', async () => {
      const id = await approved('supervisor', 'officer', subjectIds());
      await world.decide(people[1]!.subjectId, SCOPES.address, 'withdraw');
      const answer = await bulk('supervisor', id);
      const { items } = answer.json() as BulkRevealed;
      const withheld = items.find(({ contactId }) => contactId === people[1]!.contactId);
      expect(withheld!.value).toMatchObject({ face: 'withheld', reason: 'withdrawn' });
      expect(answer.body).not.toContain('1室');
      expect(await readsOf(people[1]!.subjectId)).toHaveLength(1);
    });
  });
});

describeColumns('a flood of reveals on $column', (column) => {
  it('P-1004 is stopped, told when it may go on, and leaves the value closed', async () => {
    const clock = new ManualClock(Date.now());
    const world = await openCrmWorld(column, clock);
    try {
      const { contactId, subjectId, conversationId } = await world.filled(
        { mobile: '13600136009' },
        { assignee: 'agent' },
      );
      const reveal = () => world.call('agent', 'POST', `/${contactId}/reveals`, { field: 'mobile', conversationId });
      const answers = await Promise.all(Array.from({ length: 40 }, reveal));
      const shown = answers.filter(({ statusCode }) => statusCode === 200);
      const refused = answers.filter(({ statusCode }) => statusCode === 429);
      expect([shown.length, refused.length]).toEqual([25, 15]);
      for (const answer of refused) {
        expect(answer.json()).toMatchObject({ code: 'privacy.reveal-limit', details: { limit: 25 } });
        expect(answer.body).not.toContain('13600136009');
      }
      const { items } = await world.platform.desk.reads.of(world.tenants[0], subjectId);
      expect(items.filter(({ reason }) => reason !== null)).toHaveLength(25);
    } finally {
      await world.close();
    }
  });
});
