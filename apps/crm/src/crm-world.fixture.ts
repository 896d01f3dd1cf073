import { AuthModule, createAuth, MEMBER_NOTICE, type MemberRole } from '@libs/auth';
import type { ContactDetail, ContactField, ContactSaved } from '@libs/contracts';
import { createTable, id, insertRow } from '@libs/database';
import { bootstrapService, SESSION_COOKIE } from '@libs/http';
import { type Clock, newId } from '@libs/kernel';
import { authPorts, platformModule } from '@libs/platform';
import { runInTenant } from '@libs/tenancy';
import { type Column, openTestPlatform } from '@libs/testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CrmModule, crmMigrations } from './index.js';

const PASSWORD = 'plum-Kettle-91-harbour';

/** Members of the world; `stranger` is the owner of the other tenant. */
export type MemberName = 'owner' | 'supervisor' | 'agent' | 'other' | 'officer' | 'second' | 'stranger';
const MEMBERS: readonly (readonly [MemberName, 0 | 1, MemberRole])[] = [
  ['owner', 0, 'owner'],
  ['supervisor', 0, 'supervisor'],
  ['agent', 0, 'agent'],
  ['other', 0, 'agent'],
  ['officer', 0, 'privacy-officer'],
  ['second', 0, 'privacy-officer'],
  ['stranger', 1, 'owner'],
];

/** Consent scopes of the five fields by the register that the product ships. */
export const SCOPES: Readonly<Record<ContactField, string>> = {
  name: 'purpose/customer-relations',
  mobile: 'field/customer-relations/contact.mobile',
  email: 'field/customer-relations/contact.email',
  wechat: 'field/customer-relations/contact.wechat',
  address: 'sensitive/customer-relations/contact.address',
};

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

interface Opening {
  readonly tenantId?: string;
  readonly assignee?: MemberName;
  readonly participant?: MemberName;
  readonly subjectId?: string;
}

/** A person with a contact. */
export interface Person {
  readonly subjectId: string;
  readonly contactId: string;
  readonly conversationId: string;
}

export type CrmWorld = Awaited<ReturnType<typeof openCrmWorld>>;

/** crm as a process with members of each role, and what people do elsewhere: open conversations, agree, refuse. */
export async function openCrmWorld(column: Column, clock?: Clock) {
  const migrations = [ConversationTables1790000000010, ...crmMigrations];
  const world = await openTestPlatform({ column, migrations, ...(clock ? { clock } : {}) });
  const { platform, tenants } = world;
  const service = await bootstrapService({
    ...{ name: 'crm', config: platform.config, log: platform.log, clock: platform.clock, listen: false },
    module: { module: Root, imports: [platformModule(platform), AuthModule, CrmModule] },
  });
  const people = await signedIn(platform, tenants);
  const call = async (who: MemberName | 'nobody', method: Method, path: string, body?: object, headers = {}) => {
    const { publicOrigin: origin } = platform.config.server;
    const cookie = who === 'nobody' ? {} : { cookie: people[who].cookie, origin };
    const payload = body === undefined ? {} : { payload: body };
    const url = `/api/v1/crm/contacts${path}`;
    return service.app.inject({ method, url, headers: { ...cookie, ...headers }, ...payload });
  };
  const rowsOf = (tenantId: string, subjectId: string) =>
    runInTenant({ tenantId, actor: { kind: 'system', id: 'test' }, correlationId: 'test' }, async () =>
      platform.database.reader.all<Record<string, unknown> & { id: string }>(
        'SELECT * FROM crm_contact WHERE tenant_id = ? AND subject_id = ?',
        [tenantId, subjectId],
      ),
    );
  const opened = (how: Opening = {}) => openConversation(platform, tenants[0], people, how);
  const person = async (how: Opening = {}): Promise<Person> => {
    const { subjectId, conversationId } = await opened(how);
    await platform.consumers.settle();
    const [row] = await rowsOf(how.tenantId ?? tenants[0], subjectId);
    return { subjectId, contactId: row!.id, conversationId };
  };
  const decide = async (subjectId: string, scope: string, decision: 'grant' | 'refuse' | 'withdraw') => {
    const { consents } = platform.privacy;
    const notice = await consents.notice(tenants[0], scope, 'en');
    await consents.decide({
      ...{ tenantId: tenants[0], subjectId, scope, decision, granted: decision === 'grant' },
      ...{ version: notice!.version, noticeHash: notice!.hash, locale: 'en', screen: 'widget.your-data' },
      ...{ channel: 'web-widget', method: 'switch', actor: 'visitor', correlationId: newId() },
    });
  };
  const agree = async (subjectId: string, ...fields: ContactField[]) => {
    for (const field of fields) await decide(subjectId, SCOPES[field], 'grant');
  };
  const edit = (who: MemberName, contactId: string, fields: object, more: object = {}) =>
    call(who, 'PATCH', `/${contactId}`, { version: 1, fields, ...more });
  /** A person who has agreed to these fields, which somebody has filled. */
  const filled = async (fields: Partial<Record<ContactField, string>>, how: Opening = {}): Promise<Person> => {
    const made = await person(how);
    await agree(made.subjectId, ...(Object.keys(fields) as ContactField[]));
    const answer = await edit('owner', made.contactId, fields);
    if (answer.statusCode !== 200) throw new Error(`the fixture was refused: ${answer.body} ${world.lines.at(-1)}`);
    return made;
  };
  return {
    ...{ platform, tenants, lines: world.lines, service, people, call, edit, rowsOf, opened, person, decide, agree },
    filled,
    journalOf: (kind: string) => journalOf(platform, tenants[0], kind),
    detail: async (who: MemberName, contactId: string) =>
      (await call(who, 'GET', `/${contactId}`)).json() as ContactDetail & ContactSaved,
    close: async (): Promise<void> => {
      await service.close();
      await world.close();
    },
  };
}

type Method = 'GET' | 'POST' | 'PATCH';
type TestPlatform = Awaited<ReturnType<typeof openTestPlatform>>['platform'];
type SignedIn = Readonly<Record<MemberName, { readonly id: string; readonly cookie: string }>>;

async function signedIn(platform: TestPlatform, tenants: readonly [string, string]): Promise<SignedIn> {
  const auth = createAuth(authPorts(platform));
  const found: Partial<Record<MemberName, { id: string; cookie: string }>> = {};
  for (const [index, [name, tenant, role]] of MEMBERS.entries()) {
    const identifier = `${name}@crm.example`;
    const mobile = `+86170000000${10 + index}`;
    const { loginId } = await auth.accounts.createLogin({ email: identifier, mobile, password: PASSWORD });
    const tenantId = tenants[tenant];
    const { memberId } = await auth.accounts.createMember({ tenantId, loginId, role, displayName: name });
    const read = { version: MEMBER_NOTICE.version, locale: 'en' } as const;
    await auth.notices.confirm({ tenantId, memberId }, read, 'test');
    const from = { address: '192.0.2.1', correlationId: 'test' };
    const result = await auth.signIn.signIn({ identifier, password: PASSWORD, ...from });
    if (result.kind !== 'signed-in') throw new Error(`${name} cannot sign in`);
    found[name] = { id: memberId, cookie: `${SESSION_COOKIE}=${result.cookie}` };
  }
  return found as SignedIn;
}

/** A person opens a conversation, as chat records it. */
async function openConversation(platform: TestPlatform, home: string, people: SignedIn, how: Opening) {
  const { tenantId = home, subjectId = newId(), assignee, participant } = how;
  const conversationId = newId();
  if (!how.subjectId) await platform.keys.createSubject(tenantId, subjectId, ['content']);
  await platform.committer.submit({
    ...{ tenantId, purpose: 'support-conversation', correlationId: 'test' },
    actor: { kind: 'visitor', id: subjectId },
    steps: [
      platform.subjects.step(how.subjectId ? { subjectId } : { subjectId, create: 'visitor' }),
      insertRow.step({
        table: 'chat_conversation',
        columns: ['id', 'subject_id', 'assignee_id'],
        values: [conversationId, subjectId, assignee ? people[assignee].id : null],
      }),
      ...(participant
        ? [
            insertRow.step({
              ...{ table: 'chat_participant', columns: ['conversation_id', 'participant'] },
              values: [conversationId, people[participant].id],
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
  return { subjectId, conversationId };
}

/** Journal rows of one kind, oldest first. */
function journalOf(platform: TestPlatform, tenantId: string, kind: string) {
  return runInTenant({ tenantId, actor: { kind: 'system', id: 'test' }, correlationId: 'test' }, async () =>
    platform.database.reader.all<Record<string, unknown>>(
      'SELECT * FROM event_journal WHERE tenant_id = ? AND kind = ? ORDER BY id',
      [tenantId, kind],
    ),
  );
}
