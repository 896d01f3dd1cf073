import type { AgentSent } from '@libs/contracts';
import { newId } from '@libs/kernel';
import type { Column } from '@libs/testing';
import type { Socket } from 'socket.io-client';
import { openWallWorld } from '../walls/wall-world.js';
import type { ChatWorld, WorldTenant } from '../world/chat-world.js';
import { type Agent, ask, must, newSender, type Visitor } from '../world/clients.js';
import { type Asker, CANARIES, type Output, REVEALS, STARRED } from './canaries.js';
import { draft, identify, ownWords, scheduleReply } from './canary-chat.js';
import { workAtDesk } from './canary-desk.js';
import { workAsStaff } from './canary-staff.js';

/** Members of the world by what they are. */
export const MEMBERS: Readonly<Record<'owner' | 'agent' | 'colleague' | 'officer', number>> = {
  owner: 0,
  agent: 1,
  colleague: 2,
  officer: 3,
};

/** One workspace with a person whose every field is a canary, and everything that came out so far. */
export interface CanaryWorld {
  readonly world: ChatWorld;
  readonly tenant: WorldTenant;
  readonly visitor: Visitor;
  readonly outputs: Output[];
  /** Ids that routes want in their paths. */
  readonly ids: Readonly<Record<string, string>>;
  /** Secret of an authenticator app, as its owner was shown it. */
  readonly secret: string;
  /** Calls as `who` and keeps the answer under `sink`. */
  call(who: Asker, method: string, path: string, more?: CallMore): Promise<{ status: number; json: unknown }>;
  close(): Promise<void>;
}

export interface CallMore {
  readonly sink?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const FIELDS = ['name', 'mobile', 'email', 'wechat', 'address'] as const;
const value = (place: string): string => CANARIES[place]!.value;

export async function openCanaryWorld(column: Column): Promise<CanaryWorld> {
  const world = await openWallWorld(column, { logLevel: 'trace' });
  const [tenant] = world.tenants;
  const outputs: Output[] = [];
  const call = callerOf(world, tenant, outputs);
  const agents = await Promise.all(
    (['owner', 'agent', 'colleague'] as const).map(async (who) => {
      const agent = await world.agent({ member: MEMBERS[who] });
      listen(agent.socket, who, outputs);
      return agent;
    }),
  );
  const visitor = await world.visitor();
  listen(visitor.socket, 'visitor', outputs);
  const talk = await haveAConversation(world, agents[1]!, visitor, call);
  await agreeToEverything(world, tenant, talk.subject);
  const { json } = await call('agent', 'GET', `/api/v1/crm/contacts/by-subject/${talk.subject}`);
  const contact = (json as { id: string }).id;
  const fields = Object.fromEntries(FIELDS.map((name) => [name, value(`crm_contact.${name}`)]));
  const path = `/api/v1/crm/contacts/${contact}`;
  const saved = await call('agent', 'PATCH', path, {
    sink: 'PATCH /api/v1/crm/contacts/:id',
    body: { version: 1, fields },
  });
  if (saved.status !== 200) throw new Error(`the canaries were refused: ${JSON.stringify(saved.json)}`);
  await draft(call, talk.conversation);
  const scheduled = await scheduleReply(call, talk.conversation);
  await ownWords(call);
  const secretId = await identify(call, tenant, visitor);
  const staff = await workAsStaff(world, tenant, call);
  const ids = {
    ...{ ...talk, ...staff.ids },
    contact,
    ...(await revealAndAsk(call, contact)),
    ...(await deskIds(world, tenant, talk.subject)),
    'inbox-secret': secretId,
    'scheduled-reply': scheduled,
    ...(await workAtDesk(call, tenant, talk.conversation)),
  };
  await browse(world, tenant, call, visitor);
  const close = (): Promise<void> => world.close();
  return { world, tenant, visitor, outputs, ids, secret: staff.secret, call, close };
}

function callerOf(world: ChatWorld, tenant: WorldTenant, outputs: Output[]): CanaryWorld['call'] {
  return async (who, method, path, { sink, body, headers = {} } = {}) => {
    const sent = new Headers({ origin: world.origin, ...headers });
    if (who in MEMBERS) sent.set('cookie', tenant.members[MEMBERS[who as keyof typeof MEMBERS]]!.cookie);
    if (body !== undefined) sent.set('content-type', 'application/json');
    const response = await fetch(world.origin + path, {
      method,
      headers: sent,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    outputs.push({
      sink: sink ?? `${method} ${path.split('?')[0]}`,
      who,
      status: response.status,
      text: `${text} ${[...response.headers].join()}`,
    });
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, json: isJson ? JSON.parse(text) : text };
  };
}

function listen(socket: Socket, who: Asker, outputs: Output[]): void {
  socket.onAny((name: string, ...args: unknown[]) =>
    outputs.push({ sink: `packet ${name}`, who, text: JSON.stringify(args) }),
  );
}

/** The visitor's message carries what members see as stars; the owner reveals it while nobody has the conversation. */
async function haveAConversation(world: ChatWorld, agent: Agent, visitor: Visitor, call: CanaryWorld['call']) {
  const numbers = Object.values(STARRED).map((one) => one.value);
  must(await visitor.send([value('chat_message.body'), ...numbers].join('，')));
  const page = await agent.list('unassigned');
  const { id: conversation, subjectId: subject } = page.items[0]!;
  const path = `/api/v1/chat/conversations/${conversation}/messages/1/reveals`;
  const { status, json } = await call('owner', 'POST', path, { sink: REVEALS, body: { reason: 'ticket' } });
  if (status !== 200) throw new Error(`revealing the message: ${JSON.stringify(json)}`);
  await agent.take(conversation);
  // Once more while they listen.
  must(await visitor.send(numbers.join(' ')));
  const packet = { conversationId: conversation, sender: newSender() };
  must(await ask<AgentSent>(agent.socket, 'message:send', { ...packet, number: 1, text: value('chat_message.body') }));
  must(await ask<AgentSent>(agent.socket, 'note:add', { ...packet, number: 2, text: value('chat_change.body') }));
  await world.platform.consumers.settle();
  return { conversation, subject };
}

async function agreeToEverything(
  { platform }: ChatWorld,
  { id: tenantId }: WorldTenant,
  subjectId: string,
): Promise<void> {
  const { consents } = platform.privacy;
  const own = ['mobile', 'email', 'wechat'].map((name) => `field/customer-relations/contact.${name}`);
  for (const scope of ['purpose/customer-relations', ...own, 'sensitive/customer-relations/contact.address']) {
    const notice = (await consents.notice(tenantId, scope, 'en'))!;
    await consents.decide({
      ...{ tenantId, subjectId, scope, decision: 'grant', granted: true },
      ...{ version: notice.version, noticeHash: notice.hash, locale: 'en', screen: 'widget.your-data' },
      ...{ channel: 'web-widget', method: 'switch', actor: 'visitor', correlationId: newId() },
    });
  }
}

/** Each field revealed once, with a note; an approval with a reason. */
async function revealAndAsk(call: CanaryWorld['call'], contact: string): Promise<{ approval: string }> {
  const note = value('privacy_read_entry.note_sealed');
  for (const field of FIELDS) {
    const path = `/api/v1/crm/contacts/${contact}/reveals`;
    const who = field === 'address' ? 'officer' : 'agent';
    const { status, json } = await call(who, 'POST', path, {
      sink: `reveal ${field}`,
      body: { field, reason: 'other', note },
    });
    if (status !== 200) throw new Error(`revealing ${field}: ${JSON.stringify(json)}`);
  }
  const body = {
    kind: 'bulk-reveal',
    fields: ['contact.mobile'],
    contactIds: [contact],
    reason: value('privacy_approval.reason_sealed'),
  };
  const { json } = await call('officer', 'POST', '/api/v1/privacy/approvals', {
    sink: 'POST /api/v1/privacy/approvals',
    body,
  });
  return { approval: (json as { id: string }).id };
}

async function deskIds({ platform }: ChatWorld, { id, inboxId, inboxKey }: WorldTenant, subjectId: string) {
  const { items } = await platform.privacy.consents.history(id, { subjectId });
  return { consent: items[0]!.id, inbox: inboxId, inboxKey };
}

/** What a browser says about itself, in a request that the network log keeps. */
async function browse(
  { platform }: ChatWorld,
  { inboxKey }: WorldTenant,
  call: CanaryWorld['call'],
  visitor: Visitor,
): Promise<void> {
  const headers = {
    authorization: `Bearer ${visitor.token}`,
    'user-agent': value('audit_network_log.user_agent'),
    'accept-language': value('audit_network_log.language'),
    referer: `http://shop.example/${value('audit_network_log.url')}?q=${value('audit_network_log.search')}`,
  };
  const query = `inbox=${inboxKey}&after=0&page=${value('audit_network_log.url')}&q=${value('audit_network_log.search')}`;
  await call('visitor', 'GET', `/api/v1/chat/widget/messages?inbox=${inboxKey}&after=0`, { headers });
  await call('visitor', 'GET', `/api/v1/chat/widget/messages?${query}`, { headers, sink: 'errors' });
  // What is refused is logged as well, and its address may hold anything.
  const asked = `/api/v1/crm/contacts?cursor=${value('audit_network_log.url')}`;
  await call('agent', 'GET', asked, { headers, sink: 'errors' });
  await call('agent', 'POST', '/api/v1/crm/contacts/searches', {
    headers,
    body: { q: value('audit_network_log.search') },
  });
  await platform.desk.reads.flush();
}
