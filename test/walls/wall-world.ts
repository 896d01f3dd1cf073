import { createAuth, MEMBER_NOTICE } from '@libs/auth';
import type { AgentSent, ConversationPage } from '@libs/contracts';
import { SESSION_COOKIE } from '@libs/http';
import { newId } from '@libs/kernel';
import { authPorts } from '@libs/platform';
import type { Column } from '@libs/testing';
import { standaloneMigrations, standaloneModules } from '../../apps/standalone/src/standalone.js';
import { codeOf } from '../world/authenticator-app.js';
import {
  type ChatWorld,
  type ChatWorldOptions,
  openChatWorld,
  openSession,
  type WorldMember,
  type WorldTenant,
} from '../world/chat-world.js';
import { type AgentCalls, agentCalls, ask, must, newSender, type Visitor } from '../world/clients.js';

/** Stands in every text that tenant B has, and in all its names. */
export const MARK = /beta/i;

/** One id per resource that a client can name. */
export type Ids = Readonly<Record<string, string>>;

/** How far a conversation has come. */
export type Stage = 'queued' | 'open' | 'snoozed' | 'resolved';

/** All five services with two tenants. */
export function openWallWorld(column: Column, more: Omit<ChatWorldOptions, 'column' | 'services'> = {}) {
  return openChatWorld({ column, ...more, services: { modules: standaloneModules, migrations: standaloneMigrations } });
}

/** A person with a conversation, and the agent who has it where it is not queued any more. */
export interface Talk {
  readonly ids: Ids;
  readonly visitor: Visitor;
}

/** Opens a conversation and brings it to `stage`; member 1 takes it. Every text carries the tenant's name. */
export async function talk(world: ChatWorld, tenant: WorldTenant, stage: Stage, member = 1): Promise<Talk> {
  const name = tenant === world.tenants[0] ? 'alpha' : 'beta';
  const visitor = await world.visitor({ tenant });
  must(await visitor.send(`${name} visitor's text`));
  const conversation = await newest(agentCalls(world.origin, tenant.members[0]!.cookie));
  if (stage !== 'queued') {
    const agent = await world.agent({ tenant, member });
    expectStatus((await agent.take(conversation.id)).status);
    const packet = { conversationId: conversation.id, sender: newSender(), number: 1, text: `${name} agent's text` };
    must(await ask<AgentSent>(agent.socket, 'message:send', packet));
    must(await ask<AgentSent>(agent.socket, 'note:add', { ...packet, number: 2, text: `${name} note` }));
    if (stage === 'resolved') expectStatus((await agent.post(`/conversations/${conversation.id}/resolve`)).status);
    if (stage === 'snoozed') {
      const body = { inMs: 3_600_000 };
      expectStatus((await agent.post(`/conversations/${conversation.id}/snooze`, body)).status);
    }
    agent.close();
  }
  await world.platform.consumers.settle();
  const { id, subjectId } = conversation;
  const told = new Promise((resolve) => visitor.socket.once('choices', resolve));
  const contact = await fillContact(world, tenant, subjectId, `${name} visitor's name`);
  // Their sockets are listened to from here on: what the fixture caused must have arrived.
  if (name === 'beta') {
    await world.platform.feed.poll();
    await told;
  }
  return { visitor, ids: { conversation: id, subject: subjectId, contact, tenant: tenant.id } };
}

/** The person agrees to customer relations, and the owner writes down the name. */
async function fillContact(world: ChatWorld, tenant: WorldTenant, subjectId: string, name: string): Promise<string> {
  const { consents } = world.platform.privacy;
  const scope = 'purpose/customer-relations';
  const notice = (await consents.notice(tenant.id, scope, 'en'))!;
  await consents.decide({
    ...{ tenantId: tenant.id, subjectId, scope, decision: 'grant', granted: true },
    ...{ version: notice.version, noticeHash: notice.hash, locale: 'en', screen: 'widget.your-data' },
    ...{ channel: 'web-widget', method: 'switch', actor: 'visitor', correlationId: newId() },
  });
  const url = `${world.origin}/api/v1/crm/contacts`;
  const headers = {
    ...{ cookie: tenant.members[0]!.cookie, origin: world.origin },
    'content-type': 'application/json',
  };
  const found = (await (await fetch(`${url}/by-subject/${subjectId}`, { headers })).json()) as { readonly id: string };
  const body = JSON.stringify({ version: 1, fields: { name } });
  expectStatus((await fetch(`${url}/${found.id}`, { method: 'PATCH', headers, body })).status);
  return found.id;
}

/** A member of the tenant as the journal names them. */
export function memberAt(tenant: WorldTenant, member: number) {
  return { tenantId: tenant.id, memberId: tenant.members[member]!.id, correlationId: newId() };
}

/** What the agent asked for and the officer agreed to: the name of one person. */
export async function agreedApproval(world: ChatWorld, tenant: WorldTenant, subjectId: string): Promise<string> {
  const { approvals } = world.platform.desk;
  const ask = { kind: 'bulk-reveal', fields: ['contact.name'], subjectIds: [subjectId], reason: 'recall' } as const;
  const { id } = await approvals.request(memberAt(tenant, 1), ask);
  await approvals.decide(memberAt(tenant, 3), id, 'approve');
  return id;
}

/** What was begun last: it stands among the first, and a long page is dear. */
async function newest(owner: AgentCalls): Promise<{ id: string; subjectId: string }> {
  const page: ConversationPage = await owner.list('all', 10);
  return page.items.reduce((one, other) => (other.id > one.id ? other : one));
}

function expectStatus(status: number): void {
  if (status !== 200) throw new Error(`the fixture was refused with ${status}`);
}

/** One more session of a member: its id as clients name it. */
export async function sessionOf(world: ChatWorld, tenant: WorldTenant, member: number): Promise<string> {
  const { sessions } = createAuth(authPorts(world.platform));
  const cookie = await openSession(world.platform, sessions, tenant.id, tenant.members[member]!.id);
  const session = await sessions.find(cookie.slice(`${SESSION_COOKIE}=`.length));
  return session!.id;
}

/** A ticket of the first step of signing in, for the choice of a workspace. */
export async function ticketOf(world: ChatWorld, tenant: WorldTenant, member: number): Promise<string> {
  const { accounts, tickets } = createAuth(authPorts(world.platform));
  const login = await accounts.findLogin(tenant.members[member]!.email);
  const { ticket } = await tickets.make(login!, { step: 'choose', methods: [], keep: false });
  return ticket;
}

/** The first code of a second factor that was offered to a member. */
export async function offeredCode(world: ChatWorld, tenant: WorldTenant, member: number): Promise<string> {
  const { accounts, factors } = createAuth(authPorts(world.platform));
  const login = await accounts.findLogin(tenant.members[member]!.email);
  const actor = { kind: 'member', id: tenant.members[member]!.id } as const;
  const { secret } = await factors.offer({ login: login!, actor, correlationId: newId() });
  return codeOf(secret, world.platform.clock.now());
}

/** Makes another admin of the tenant: some acts need two. Nothing is sent besides. */
export async function secondAdmin(world: ChatWorld, tenant: WorldTenant): Promise<Record<string, never>> {
  const { accounts } = createAuth(authPorts(world.platform));
  const { loginId } = await accounts.createLogin({
    email: `admin-${newId()}@alpha.example`,
    password: `pw-${newId()}`,
  });
  await accounts.createMember({ tenantId: tenant.id, loginId, role: 'admin', displayName: 'alpha admin' });
  return {};
}

/** One more agent of the tenant, signed in, whom nothing else needs. */
export async function newcomer({ platform }: ChatWorld, { id: tenantId }: WorldTenant): Promise<WorldMember> {
  const { accounts, notices, sessions } = createAuth(authPorts(platform));
  const [email, password] = [`${newId()}@newcomer.example`, `pw-${newId()}`];
  const { loginId } = await accounts.createLogin({ email, password });
  const { memberId: id } = await accounts.createMember({ tenantId, loginId, role: 'agent', displayName: 'newcomer' });
  await notices.confirm({ tenantId, memberId: id }, { version: MEMBER_NOTICE.version, locale: 'en' }, newId());
  return { id, role: 'agent', email, password, cookie: await openSession(platform, sessions, tenantId, id) };
}

/** The secret of a link that sets a new password. */
export async function resetToken({ platform }: ChatWorld, email: string): Promise<string> {
  const { url } = await createAuth(authPorts(platform)).resets.makeOnConsole(email);
  return new URL(url).hash.slice('#token='.length);
}
