import { AuthModule, createAuth } from '@libs/auth';
import { createTable, id, insertRow } from '@libs/database';
import { bootstrapService, type RunningService, SESSION_COOKIE } from '@libs/http';
import { newId } from '@libs/kernel';
import { authPorts, platformModule } from '@libs/platform';
import { runInTenant } from '@libs/tenancy';
import { columns, openTestPlatform, type TestPlatform } from '@libs/testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ContactWorker } from './contacts/contact.worker.js';
import { CrmContactFields1790000000021, CrmModule, CrmTables1790000000020 } from './index.js';

const PASSWORD = 'plum-Kettle-91-harbour';

/** As much of chat's tables as crm asks about; services do not import one another, the journeys run the real ones. */
class ConversationTables1790000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'chat_conversation',
      columns: [id('tenant_id'), id('id'), id('subject_id'), id('assignee_id', true)],
      primary: ['tenant_id', 'id'],
    });
    await createTable(runner, {
      name: 'chat_participant',
      columns: [id('tenant_id'), id('conversation_id'), id('participant')],
      primary: ['tenant_id', 'conversation_id', 'participant'],
    });
  }

  async down(): Promise<void> {}
}

class Root {}

describe.each(columns)('contacts on $column', ({ column, available }) => {
  if (!available) return it.skip('needs the servers of the second column', () => {});
  let world: TestPlatform;
  let service: RunningService;
  const cookies: Record<string, string> = {};
  const members: Record<string, string> = {};

  /** A person opens a conversation, as chat records it. */
  const opened = async (
    more: { tenantId?: string; assignee?: string; participant?: string; subjectId?: string } = {},
  ): Promise<string> => {
    const { tenantId = world.tenants[0], subjectId = newId(), assignee = null, participant } = more;
    const { committer, subjects } = world.platform;
    const conversationId = newId();
    const columnsOf = ['id', 'subject_id', 'assignee_id'];
    await committer.submit({
      ...{
        tenantId,
        actor: { kind: 'visitor', id: subjectId },
        purpose: 'support-conversation',
        correlationId: 'test',
      },
      steps: [
        subjects.step(more.subjectId ? { subjectId } : { subjectId, create: 'visitor' }),
        insertRow.step({
          table: 'chat_conversation',
          columns: columnsOf,
          values: [conversationId, subjectId, assignee],
        }),
        ...(participant
          ? [
              insertRow.step({
                ...{ table: 'chat_participant', columns: ['conversation_id', 'participant'] },
                values: [conversationId, participant],
              }),
            ]
          : []),
      ],
      journal: [
        {
          ...{ kind: 'chat.conversation-opened.v1', subjectId, resource: `conversation:${conversationId}` },
          ...{ fields: 'state', commitment: null },
        },
      ],
    });
    return subjectId;
  };
  const card = (subjectId: string, who = 'owner') =>
    service.app.inject({
      ...{ method: 'GET', url: `/api/v1/crm/contacts/by-subject/${subjectId}` },
      headers: who === 'nobody' ? {} : { cookie: cookies[who]! },
    });
  const contactsOf = (tenantId: string, subjectId: string) =>
    runInTenant({ tenantId, actor: { kind: 'system', id: 'test' }, correlationId: 'test' }, async () =>
      world.platform.database.reader.all('SELECT id FROM crm_contact WHERE tenant_id = ? AND subject_id = ?', [
        tenantId,
        subjectId,
      ]),
    );
  const seed = async () => {
    const auth = createAuth(authPorts(world.platform));
    const people = [
      ['owner', 0, 'owner'],
      ['agent', 0, 'agent'],
      ['officer', 0, 'privacy-officer'],
      ['stranger', 1, 'owner'],
    ] as const;
    for (const [name, tenant, role] of people) {
      const identifier = `${name}@crm.example`;
      const { loginId } = await auth.accounts.createLogin({ email: identifier, password: PASSWORD });
      const tenantId = world.tenants[tenant];
      const made = await auth.accounts.createMember({ tenantId, loginId, role, displayName: name });
      members[name] = made.memberId;
      const from = { address: '192.0.2.1', correlationId: 'test' };
      const result = await auth.signIn.signIn({ identifier, password: PASSWORD, ...from });
      if (result.kind === 'signed-in') cookies[name] = `${SESSION_COOKIE}=${result.cookie}`;
    }
  };

  beforeAll(async () => {
    world = await openTestPlatform({
      column,
      migrations: [ConversationTables1790000000010, CrmTables1790000000020, CrmContactFields1790000000021],
    });
    const { platform } = world;
    service = await bootstrapService({
      ...{ name: 'crm', config: platform.config, log: platform.log, listen: false },
      module: { module: Root, imports: [platformModule(platform), AuthModule, CrmModule] },
    });
    await seed();
  });
  afterAll(async () => {
    await service?.close();
    await world?.close();
  });

  it('a contact follows the first conversation, once, with 404 before', async () => {
    const subjectId = await opened();
    expect((await card(newId())).json().code).toBe('crm.contact-not-found');
    await opened({ subjectId });
    await world.platform.consumers.settle();
    const answer = await card(subjectId);
    expect(answer.json()).toEqual({ id: expect.any(String), subjectId, firstSeenAt: expect.any(Number), consents: [] });
    expect(await contactsOf(world.tenants[0], subjectId)).toHaveLength(1);
  });

  it('an event that is handled twice makes no second contact', async () => {
    const subjectId = await opened();
    const tenantId = world.tenants[0];
    const row = {
      ...{ id: 1, position: 1, tenantId, kind: 'chat.conversation-opened.v1', subjectId },
      ...{ resource: 'conversation:x', detail: {}, at: 5 },
    };
    const worker = service.app.get(ContactWorker);
    for (let n = 0; n < 2; n++) {
      await world.platform.work.upkeep((tx) => worker.handle(tx, [row, { ...row, at: 6 }]), new Set([tenantId]));
    }
    await world.platform.consumers.settle();
    expect(await contactsOf(tenantId, subjectId)).toHaveLength(1);
    expect((await card(subjectId)).json().firstSeenAt).toBe(5);
  });

  it('a person who was erased before crm saw the event gets no contact', async () => {
    const subjectId = await opened();
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
    const subjectId = await opened();
    const tenantId = world.tenants[0];
    const names = [
      ...['tenant_id', 'id', 'subject_id', 'purpose', 'decision', 'notice_hash', 'notice_version', 'locale'],
      ...['channel', 'nonce', 'decided_at', 'recorded_at'],
    ];
    const record = (purpose: string, decision: string, version: number, at: number) => [
      ...[tenantId, newId(), subjectId, purpose, decision, 'a'.repeat(64), version, 'en'],
      ...['web-widget', newId(), at, at],
    ];
    await world.platform.work.upkeep(
      async (tx) =>
        tx.insert('privacy_consent_record', names, [
          record('support-conversation', 'agree', 1, 10),
          record('support-conversation', 'agree', 2, 30),
          record('marketing', 'agree', 1, 10),
          record('marketing', 'withdraw', 1, 20),
        ]),
      new Set([tenantId]),
    );
    await world.platform.consumers.settle();
    expect((await card(subjectId)).json().consents).toEqual([{ purpose: 'support-conversation', version: 2, at: 30 }]);
  });

  it('P-1006 an agent sees contacts of own, joined and unassigned conversations, and of no others', async () => {
    const own = await opened({ assignee: members.agent! });
    const joined = await opened({ assignee: members.owner!, participant: members.agent! });
    const waiting = await opened();
    const others = await opened({ assignee: members.owner!, participant: members.owner! });
    await world.platform.consumers.settle();
    for (const subjectId of [own, joined, waiting]) expect((await card(subjectId, 'agent')).statusCode).toBe(200);
    const refused = await card(others, 'agent');
    expect([refused.statusCode, refused.json().code]).toEqual([404, 'crm.contact-not-found']);
    expect((await card(others, 'owner')).statusCode).toBe(200);
    expect((await card(own, 'officer')).json().code).toBe('crm.contact-not-found');
    expect((await card(own, 'nobody')).statusCode).toBe(401);
  });

  it('P-0211 a contact of another tenant is answered like one that exists nowhere', async () => {
    const subjectId = await opened();
    await world.platform.consumers.settle();
    const [foreign, nowhere] = [await card(subjectId, 'stranger'), await card(newId(), 'stranger')];
    expect([foreign.statusCode, foreign.json().code]).toEqual([404, 'crm.contact-not-found']);
    expect(nowhere.json().code).toBe(foreign.json().code);
    expect((await card('no-id')).statusCode).toBe(422);
  });
});
