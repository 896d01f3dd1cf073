import { newId } from '@libs/kernel';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ContactWorker } from './contacts/contact.worker.js';
import { type CrmWorld, type MemberName, openCrmWorld } from './crm-world.fixture.js';

const EMPTY = { face: 'empty' };
const NOT_AGREED = { face: 'withheld', reason: 'no-consent', at: null };

describeColumns('contacts on $column', (column) => {
  let world: CrmWorld;
  const card = (subjectId: string, who: MemberName | 'nobody' = 'owner') =>
    world.call(who, 'GET', `/by-subject/${subjectId}`);
  const contactsOf = (tenantId: string, subjectId: string) => world.rowsOf(tenantId, subjectId);

  beforeAll(async () => {
    world = await openCrmWorld(column);
  });
  afterAll(() => world?.close());

  it('a contact follows the first conversation, once, with 404 before', async () => {
    const { subjectId } = await world.opened();
    expect((await card(newId())).json().code).toBe('crm.contact-not-found');
    await world.opened({ subjectId });
    await world.platform.consumers.settle();
    const { fields, ...rest } = (await card(subjectId)).json();
    expect(rest).toEqual({ id: expect.any(String), subjectId, firstSeenAt: expect.any(Number), consents: [] });
    expect(Object.keys(fields)).toEqual(['name', 'mobile', 'email', 'wechat', 'address']);
    for (const value of Object.values(fields)) expect([EMPTY, NOT_AGREED]).toContainEqual(value);
    expect(await contactsOf(world.tenants[0], subjectId)).toHaveLength(1);
  });

  it('an event that is handled twice makes no second contact', async () => {
    const { subjectId } = await world.opened();
    const tenantId = world.tenants[0];
    const row = {
      ...{ id: 1, position: 1, tenantId, kind: 'chat.conversation-opened.v1', subjectId },
      ...{ resource: 'conversation:x', detail: {}, at: 5 },
    };
    const worker = world.service.app.get(ContactWorker);
    for (let n = 0; n < 2; n++) {
      await world.platform.work.upkeep((tx) => worker.handle(tx, [row, { ...row, at: 6 }]), new Set([tenantId]));
    }
    await world.platform.consumers.settle();
    expect(await contactsOf(tenantId, subjectId)).toHaveLength(1);
    expect((await card(subjectId)).json().firstSeenAt).toBe(5);
  });

  it('a person who was erased before crm saw the event gets no contact', async () => {
    const { subjectId } = await world.opened();
    const tenantId = world.tenants[0];
    await world.platform.work.upkeep(
      async (tx) =>
        tx.run("UPDATE privacy_data_subject SET state = 'erased' WHERE tenant_id = ? AND id = ?", [
          tenantId,
          subjectId,
        ]),
      new Set([tenantId]),
    );
    await world.platform.consumers.settle();
    expect(await contactsOf(tenantId, subjectId)).toEqual([]);
  });

  it('the card shows what the person agrees to now', async () => {
    const { subjectId } = await world.person();
    await world.decide(subjectId, 'purpose/support-conversation', 'grant');
    await world.agree(subjectId, 'name', 'mobile');
    await world.decide(subjectId, 'purpose/customer-relations', 'withdraw');
    expect((await card(subjectId)).json().consents).toEqual([
      { purpose: 'support-conversation', version: 1, at: expect.any(Number) },
    ]);
  });

  it('P-1006 the name is there for the conversation where the person agreed to no more', async () => {
    const { subjectId, contactId } = await world.filled({ name: '林晓雯', mobile: '13800138000' });
    await world.decide(subjectId, 'purpose/support-conversation', 'grant');
    await world.decide(subjectId, 'purpose/customer-relations', 'withdraw');
    const { fields } = (await card(subjectId)).json();
    expect(fields.name).toEqual({ face: 'masked', value: '林**' });
    expect(fields.mobile).toMatchObject({ face: 'withheld', reason: 'withdrawn' });
    expect((await world.detail('owner', contactId)).fields.name).toMatchObject({ face: 'withheld' });
  });

  it('P-1006 an agent sees contacts of own, joined and unassigned conversations, and of no others', async () => {
    const own = await world.person({ assignee: 'agent' });
    const joined = await world.person({ assignee: 'owner', participant: 'agent' });
    const waiting = await world.person();
    const others = await world.person({ assignee: 'owner', participant: 'owner' });
    for (const { subjectId } of [own, joined, waiting]) expect((await card(subjectId, 'agent')).statusCode).toBe(200);
    const refused = await card(others.subjectId, 'agent');
    expect([refused.statusCode, refused.json().code]).toEqual([404, 'crm.contact-not-found']);
    expect((await card(others.subjectId, 'owner')).statusCode).toBe(200);
    expect((await card(own.subjectId, 'officer')).json().code).toBe('crm.contact-not-found');
    expect((await card(own.subjectId, 'nobody')).statusCode).toBe(401);
  });

  it('P-0211 a contact of another tenant is answered like one that exists nowhere', async () => {
    const { subjectId, contactId } = await world.person();
    const [foreign, nowhere] = [await card(subjectId, 'stranger'), await card(newId(), 'stranger')];
    expect([foreign.statusCode, foreign.json().code]).toEqual([404, 'crm.contact-not-found']);
    expect(nowhere.json().code).toBe(foreign.json().code);
    expect((await world.call('stranger', 'GET', `/${contactId}`)).json().code).toBe('crm.contact-not-found');
    expect((await card('no-id')).statusCode).toBe(422);
  });

  it('P-1307 erasure takes the contact with everything in it', async () => {
    const { subjectId, contactId } = await world.filled({
      name: 'Lin',
      mobile: '13800138123',
      address: '上海市徐汇区',
    });
    await world.platform.upkeep.destruction.destroySubject(world.tenants[0], subjectId);
    expect(await contactsOf(world.tenants[0], subjectId)).toEqual([]);
    expect((await world.call('owner', 'GET', `/${contactId}`)).json().code).toBe('crm.contact-not-found');
    const answer = await world.edit('owner', contactId, { name: 'Lin' }, { version: 2 });
    expect(answer.json().code).toBe('crm.contact-not-found');
    expect((await world.call('owner', 'POST', '/searches', { q: '13800138123' })).json()).toEqual({
      items: [],
      next: null,
    });
  });
});
