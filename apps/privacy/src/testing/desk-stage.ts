import { AuthModule, createAuth, MEMBER_NOTICE, type MemberRole } from '@libs/auth';
import { createTable, id, type SqlRow } from '@libs/database';
import { bootstrapService, type RunningService, SESSION_COOKIE } from '@libs/http';
import { ManualClock, newId } from '@libs/kernel';
import { authPorts, platformModule } from '@libs/platform';
import { runInTenant } from '@libs/tenancy';
import { type Column, openTestPlatform, type TestPlatform } from '@libs/testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { PrivacyDeskModule } from '../index.js';

const PASSWORD = 'plum-Kettle-91-harbour';
const PEOPLE = [
  ['owner', 0, 'owner'],
  ['supervisor', 0, 'supervisor'],
  ['agent', 0, 'agent'],
  ['officer', 0, 'privacy-officer'],
  ['second', 0, 'privacy-officer'],
  ['stranger', 1, 'privacy-officer'],
] as const satisfies readonly (readonly [string, 0 | 1, MemberRole])[];

/** Who can call; `stranger` belongs to the other tenant. */
export type Person = (typeof PEOPLE)[number][0];

/** As much of crm's table as the desk asks about; services do not import one another, the journeys run the real ones. */
class ContactTables1790000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, {
      name: 'crm_contact',
      columns: [id('tenant_id'), id('id'), id('subject_id')],
      primary: ['tenant_id', 'id'],
    });
  }

  async down(): Promise<void> {}
}

class Root {}

/** Answer of a route; its body is whatever the route says. */
export interface DeskAnswer {
  readonly status: number;
  readonly body: ReturnType<JSON['parse']>;
}

/** The desk alone, with members of all roles who are signed in. */
export interface DeskStage {
  readonly world: TestPlatform;
  readonly clock: ManualClock;
  readonly members: Readonly<Record<Person, string>>;
  call(who: Person | null, method: 'GET' | 'POST' | 'PUT', path: string, payload?: object): Promise<DeskAnswer>;
  /** A person of the tenant, with a contact. */
  person(tenant?: 0 | 1): Promise<{ readonly subjectId: string; readonly contactId: string }>;
  rows<R extends object = SqlRow>(sql: string, params?: readonly (string | number)[]): Promise<R[]>;
  /** Time goes by; everybody signs in again, because sessions end by themselves. */
  later(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** Boots the desk on a fresh database. */
export async function openDeskStage(column: Column): Promise<DeskStage> {
  const clock = new ManualClock(Date.now());
  const world = await openTestPlatform({ column, clock, migrations: [ContactTables1790000000020] });
  const { platform, tenants } = world;
  const service: RunningService = await bootstrapService({
    ...{ name: 'privacy', config: platform.config, log: platform.log, clock, listen: false },
    module: { module: Root, imports: [platformModule(platform), AuthModule, PrivacyDeskModule] },
  });
  const members = await hire(world);
  let cookies = await signedIn(world);
  const origin = platform.config.server.publicOrigin;
  return {
    ...{ world, clock, members },
    call: async (who, method, path, payload) => {
      const answer = await service.app.inject({
        ...{ method, url: `/api/v1/privacy${path}` },
        headers: { origin, ...(who === null ? {} : { cookie: cookies[who] }) },
        ...(payload ? { payload } : {}),
      });
      return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() };
    },
    later: async (ms) => {
      clock.advance(ms);
      cookies = await signedIn(world);
    },
    person: (tenant = 0) => personOf(world, tenants[tenant]),
    rows: async (sql, params = []) =>
      runInTenant({ tenantId: tenants[0], actor: { kind: 'system', id: 'test' }, correlationId: 'test' }, async () =>
        platform.database.reader.all(sql, [tenants[0], ...params]),
      ),
    close: async () => {
      await service.close();
      await world.close();
    },
  };
}

async function hire({ platform, tenants }: TestPlatform): Promise<Record<Person, string>> {
  const { accounts, notices } = createAuth(authPorts(platform));
  const members = {} as Record<Person, string>;
  for (const [index, [name, tenant, role]] of PEOPLE.entries()) {
    const mobile = `+86170000000${10 + index}`;
    const { loginId } = await accounts.createLogin({ email: `${name}@desk.example`, mobile, password: PASSWORD });
    const made = await accounts.createMember({ tenantId: tenants[tenant], loginId, role, displayName: name });
    const read = { version: MEMBER_NOTICE.version, locale: 'en' } as const;
    await notices.confirm({ tenantId: tenants[tenant], memberId: made.memberId }, read, 'test');
    members[name] = made.memberId;
  }
  return members;
}

async function signedIn({ platform }: TestPlatform): Promise<Record<Person, string>> {
  const { signIn } = createAuth(authPorts(platform));
  const cookies = {} as Record<Person, string>;
  for (const [name] of PEOPLE) {
    const who = { identifier: `${name}@desk.example`, password: PASSWORD };
    const result = await signIn.signIn({ ...who, address: '192.0.2.1', correlationId: 'test' });
    if (result.kind !== 'signed-in') throw new Error(`${name} could not sign in`);
    cookies[name] = `${SESSION_COOKIE}=${result.cookie}`;
  }
  return cookies;
}

async function personOf({ platform }: TestPlatform, tenantId: string) {
  const [subjectId, contactId] = [newId(), newId()];
  await platform.committer.submit({
    ...{ tenantId, actor: { kind: 'visitor', id: subjectId }, purpose: 'support-conversation' },
    ...{ correlationId: 'test', steps: [platform.subjects.step({ subjectId, create: 'visitor' })] },
    journal: [
      {
        ...{ kind: 'chat.conversation-opened.v1', subjectId, resource: `subject:${subjectId}` },
        ...{ fields: '', commitment: null },
      },
    ],
  });
  await platform.work.upkeep(
    async (tx) => tx.insert('crm_contact', ['tenant_id', 'id', 'subject_id'], [[tenantId, contactId, subjectId]]),
    new Set([tenantId]),
  );
  return { subjectId, contactId };
}
