import 'reflect-metadata';
import { AgentSessions, AuthModule, createAuth, MEMBER_NOTICE } from '@libs/auth';
import { loadConfig } from '@libs/config';
import { type MigrationClass, UnitOfWork } from '@libs/database';
import { bootstrapService, type RunningService, SESSION_COOKIE } from '@libs/http';
import { type Clock, newId } from '@libs/kernel';
import { createLogger, logLines } from '@libs/logging';
import { authPorts, logRequests, openPlatform, type Platform, platformModule } from '@libs/platform';
import { runInTenant, type SettingName, Tenants } from '@libs/tenancy';
import { type Column, giveTables, testStores } from '@libs/testing';
import type { Type } from '@nestjs/common';
import { ChatModule, chatMigrations, InboxAdmin } from '../../apps/chat/src/index.js';
import { DEMO_LOOK, DEMO_NOTICES } from '../../apps/standalone/src/demo/demo-texts.js';
import { freePort } from '../servers/index.mjs';
import { type Agent, openAgent, openVisitor, type Visitor } from './clients.js';

export const SHOP = 'http://shop.example';
/** Members of each tenant, in this order. */
const ROLES = ['owner', 'agent', 'agent', 'privacy-officer'] as const;

/** A signed-in member; the tests know the password. */
export interface WorldMember {
  readonly id: string;
  readonly role: (typeof ROLES)[number];
  readonly email: string;
  readonly password: string;
  readonly cookie: string;
}

/** One of the two tenants every test has. */
export interface WorldTenant {
  readonly id: string;
  readonly inboxId: string;
  readonly inboxKey: string;
  readonly members: readonly WorldMember[];
}

/** Chat as a process: real port, real stores, two tenants with an owner, two agents and a privacy officer each. */
export interface ChatWorld {
  readonly platform: Platform;
  readonly app: RunningService['app'];
  readonly origin: string;
  readonly tenants: readonly [WorldTenant, WorldTenant];
  readonly lines: string[];
  visitor(options?: { tenant?: WorldTenant; token?: string; agree?: boolean }): Promise<Visitor>;
  agent(options?: { tenant?: WorldTenant; member?: number }): Promise<Agent>;
  /** Ends the process and starts it again on the same stores. */
  restart(): Promise<void>;
  /** A second process on the same stores (MariaDB); ends with the world. */
  beside(): Promise<BesideProcess>;
  close(): Promise<void>;
}

/** Another process of the same installation. */
export interface BesideProcess {
  readonly platform: Platform;
  readonly app: RunningService['app'];
  readonly origin: string;
}

export interface ChatWorldOptions {
  readonly column: Column;
  readonly clock?: Clock;
  /** Instead of the rates that no test reaches by accident. */
  readonly rates?: Partial<Record<SettingName, number>>;
  /** Settings besides the stores. */
  readonly env?: Readonly<Record<string, string>>;
  /** How much the process logs; `info` where nothing is said. */
  readonly logLevel?: 'info' | 'trace';
  /** What looks each second looks ten times as often: for tests of what it does, however seldom. */
  readonly quickLooks?: boolean;
  /** Which services run; chat alone where nothing is said. */
  readonly services?: { readonly modules: readonly Type[]; readonly migrations: readonly MigrationClass[] };
}

const CHAT = {
  modules: [ChatModule],
  migrations: chatMigrations,
};

/** Rates that no test reaches by accident. */
const HIGH: Partial<Record<SettingName, number>> = {
  'chat.rate.session-per-second': 100_000,
  'chat.rate.session-burst': 100_000,
  'chat.rate.address-per-second': 100_000,
  'chat.rate.address-burst': 100_000,
  'chat.rate.tenant-per-second': 100_000,
  'chat.rate.tenant-burst': 100_000,
  'chat.rate.opening-per-second': 100_000,
  'chat.rate.opening-burst': 100_000,
  'chat.rate.member-per-second': 100_000,
  'chat.rate.member-burst': 100_000,
  'chat.rate.members-per-second': 100_000,
  'chat.rate.members-burst': 100_000,
  'chat.sockets.per-address': 100_000,
  'chat.sockets.per-visitor': 100_000,
  'chat.sockets.per-member': 100_000,
};

interface Running {
  readonly platform: Platform;
  readonly app: RunningService['app'];
  readonly port: number;
  close(): Promise<void>;
}

/** Opens a world; closes what it opened when something fails. */
export async function openChatWorld(options: ChatWorldOptions): Promise<ChatWorld> {
  const stores = await testStores(options.column, options.env);
  const { destination, lines } = logLines();
  const log = createLogger({ log: { level: options.logLevel ?? 'info' } }, { destination });
  const { modules, migrations } = options.services ?? CHAT;
  await giveTables(stores.env, migrations);
  const bootNow = async (port: number): Promise<Running> => {
    const origin = `http://127.0.0.1:${port}`;
    const config = loadConfig({ ...stores.env, PORT: String(port), CUSTODIA_PUBLIC_ORIGIN: origin });
    const clock = options.clock ? { clock: options.clock } : {};
    const platform = await openPlatform({ config, log, migrations, gate: true, ...clock });
    const module = { module: WorldModule, imports: [platformModule(platform), AuthModule, ...modules] };
    const configure = (app: RunningService['app']): void => logRequests(app, platform);
    const service = await bootstrapService({ name: 'chat', module, config, log, clock: platform.clock, configure });
    return { platform, app: service.app, port, close: () => service.close() };
  };
  const boot = (port: number) => (options.quickLooks ? withQuickLooks(() => bootNow(port)) : bootNow(port));
  let running = await boot(await freePort());
  const rates = { ...HIGH, ...options.rates };
  const tenants = await seedTenants(running.platform, rates);
  const clients: { close(): void }[] = [];
  const others: Running[] = [];
  return {
    get platform() {
      return running.platform;
    },
    get app() {
      return running.app;
    },
    get origin() {
      return `http://127.0.0.1:${running.port}`;
    },
    tenants,
    lines,
    visitor: async ({ tenant = tenants[0], token, agree = true } = {}) => {
      const visitor = await openVisitor(`http://127.0.0.1:${running.port}`, tenant.inboxKey, { token, agree });
      clients.push(visitor);
      return visitor;
    },
    agent: async ({ tenant = tenants[0], member = 1 } = {}) => {
      const agent = await openAgent(`http://127.0.0.1:${running.port}`, tenant.members[member]!.cookie);
      clients.push(agent);
      return agent;
    },
    restart: async () => {
      await running.close();
      running = await boot(running.port);
    },
    beside: async () => {
      const other = await boot(await freePort());
      others.push(other);
      return { platform: other.platform, app: other.app, origin: `http://127.0.0.1:${other.port}` };
    },
    close: async () => {
      for (const client of clients) client.close();
      for (const other of others) await other.close();
      await running.close();
      await stores.drop();
    },
  };
}

class WorldModule {}

/** What `act` begins to do each second it does each 100 ms. */
async function withQuickLooks<T>(act: () => Promise<T>): Promise<T> {
  const begin = globalThis.setInterval;
  const quick = (look: () => void, ms?: number) => begin(look, ms === 1000 ? 100 : ms);
  globalThis.setInterval = quick as typeof begin;
  try {
    return await act();
  } finally {
    globalThis.setInterval = begin;
  }
}

let mobiles = 0;
/** Every login has a number (P-0304), and no two the same. */
function nextMobile(): string {
  mobiles += 1;
  return `+86170${10_000_000 + mobiles}`;
}

/** Both at once: much of it is waiting for a disk. */
async function seedTenants(
  platform: Platform,
  rates: Partial<Record<SettingName, number>>,
): Promise<readonly [WorldTenant, WorldTenant]> {
  const directory = new Tenants(platform.database.reader, platform.work, platform.clock);
  await directory.create('platform', 'Platform');
  const settings = { 'security.second-factor': 0, ...rates };
  const alpha = await directory.create('alpha', 'alpha', settings);
  const beta = await directory.create('beta', 'beta', settings);
  return Promise.all([seedTenant(platform, 'alpha', alpha), seedTenant(platform, 'beta', beta)]);
}

async function seedTenant(platform: Platform, slug: string, id: string): Promise<WorldTenant> {
  const auth = createAuth(authPorts(platform));
  const inbox = await new InboxAdmin(platform.work as UnitOfWork, platform.clock).create({
    tenantId: id,
    name: `${slug} inbox`,
    origins: [SHOP],
    look: DEMO_LOOK,
    notices: DEMO_NOTICES,
  });
  const members: WorldMember[] = [];
  for (const [index, role] of ROLES.entries()) {
    const [email, password] = [`${role}${index}@${slug}.example`, `pw-${newId()}`];
    const { loginId } = await auth.accounts.createLogin({ email, password, mobile: nextMobile() });
    const { memberId } = await auth.accounts.createMember({
      ...{ tenantId: id, loginId, role },
      displayName: `${slug} ${index}`,
    });
    const notice = { version: MEMBER_NOTICE.version, locale: 'en' } as const;
    await auth.notices.confirm({ tenantId: id, memberId }, notice, newId());
    const cookie = await openSession(platform, auth.sessions, id, memberId);
    members.push({ id: memberId, role, email, password, cookie });
  }
  return { id, inboxId: inbox.id, inboxKey: inbox.key, members };
}

/** A session that is kept, without the sign-in form, which has its own tests; answers the cookie. */
export async function openSession(
  platform: Platform,
  sessions: AgentSessions,
  tenantId: string,
  memberId: string,
): Promise<string> {
  const prepared = await sessions.prepare(tenantId);
  const actor = { kind: 'member', id: memberId } as const;
  const correlationId = newId();
  await runInTenant({ tenantId, actor, correlationId }, () =>
    platform.work.run({ tenantId, actor, purpose: 'security', correlationId }, (work) =>
      sessions.open(work, prepared, memberId, true),
    ),
  );
  return `${SESSION_COOKIE}=${prepared.cookie}`;
}
