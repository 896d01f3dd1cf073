import { createAuth, MEMBER_NOTICE } from '@libs/auth';
import { loadConfig } from '@libs/config';
import type { AgentSent, ConversationPage, VisitorSent } from '@libs/contracts';
import { createLogger, logLines } from '@libs/logging';
import { authPorts, openPlatform } from '@libs/platform';
import { Tenants } from '@libs/tenancy';
import type { Socket } from 'socket.io-client';
import { InboxAdmin } from '../../apps/chat/src/index.js';
import { DEMO_LOOK, DEMO_NOTICES } from '../../apps/standalone/src/demo/demo-texts.js';
import { standaloneMigrations } from '../../apps/standalone/src/standalone.js';
import { signIn } from '../durability/following-agent.js';
import { SHOP } from '../world/chat-world.js';
import { agree, ask, connect, must, newSender, postJson, until } from '../world/clients.js';

/** Text that tells which field it was in; every one holds the core that the scan looks for. */
export type Mark = (field: string) => string;

export interface SeededPlace {
  readonly inboxKey: string;
  readonly identifier: string;
  readonly password: string;
}

/** A tenant with a member whose every field is marked. `tenantName` is not personal and stays readable. */
export async function seedMarked(
  env: Readonly<Record<string, string>>,
  mark: Mark,
  tenantName: string,
): Promise<SeededPlace> {
  const { destination } = logLines();
  const log = createLogger({ log: { level: 'info' } }, { destination });
  const platform = await openPlatform({ config: loadConfig(env), migrations: standaloneMigrations, log });
  try {
    const tenants = new Tenants(platform.database.reader, platform.work, platform.clock);
    await tenants.create('platform', 'Platform');
    const tenantId = await tenants.create('marked', tenantName, { 'security.second-factor': 0 });
    const auth = createAuth(authPorts(platform));
    const identifier = `${mark('login')}@shop.example`;
    const password = `${mark('password')} 9!Kx`;
    const { loginId } = await auth.accounts.createLogin({ email: identifier, password });
    const draft = { tenantId, loginId, role: 'owner', displayName: `王${mark('member')}` } as const;
    const { memberId } = await auth.accounts.createMember(draft);
    const read = { version: MEMBER_NOTICE.version, locale: 'zh-CN' } as const;
    await auth.notices.confirm({ tenantId, memberId }, read, 'test');
    const { key } = await new InboxAdmin(platform.work, platform.clock).create({
      tenantId,
      name: 'Shop',
      origins: [SHOP],
      look: DEMO_LOOK,
      notices: DEMO_NOTICES,
    });
    return { inboxKey: key, identifier, password };
  } finally {
    await platform.close();
  }
}

/** What was written during the day, as the other side and history showed it. */
export interface DayResult {
  readonly visitor: Socket;
  readonly agent: Socket;
  readonly conversationId: string;
  /** Sends one more message of the visitor; answers its code or undefined. */
  send(text: string): Promise<string | undefined>;
  readonly shown: string[];
}

/** A visitor and an agent at work, with marks in everything that can hold text, refused things included. */
export async function liveThroughDay(url: string, place: SeededPlace, mark: Mark): Promise<DayResult> {
  const headers = {
    'user-agent': `Mozilla/5.0 (${mark('user-agent')})`,
    referer: `${SHOP}/${mark('referer')}?q=${mark('search')}`,
    'x-forwarded-for': '203.0.113.77',
    cookie: `shop=${mark('cookie')}`,
  };
  const { inboxKey: inbox } = place;
  const { pass } = await postJson<{ pass: string }>(
    url,
    `/api/v1/chat/widget/passes?from=${mark('url')}`,
    { inbox },
    {
      ...headers,
      origin: SHOP,
    },
  );
  const slip = await agree(url, inbox, pass);
  const visitor = await connect(`${url}/widget`, {
    auth: { inbox, pass },
    extraHeaders: { ...headers, cookie: '' },
    query: { page: mark('socket-url') },
  });
  const sender = newSender();
  let number = 1;
  const first = { sender, number, text: `你好 ${mark('first-message')} "引号" \\ é`, slip };
  const { token } = must(await ask<VisitorSent>(visitor, 'message:send', first));
  const send = async (text: string): Promise<string | undefined> => {
    number += 1;
    const answer = await ask<VisitorSent>(visitor, 'message:send', { sender, number, text });
    if (answer.ok) return undefined;
    number -= 1;
    return answer.code;
  };
  await send(mark('second-message'));
  await postJson(
    url,
    '/api/v1/chat/widget/messages',
    { inbox, pass, sender: newSender(), number: 1, text: mark('http-message') },
    {
      ...headers,
      cookie: '',
      authorization: `Bearer ${token}`,
    },
  );
  const worked = await agentsDay(url, place, mark, headers['user-agent']);
  await send(mark('after-resolve'));
  await badInput(url, visitor, worked.agent, mark);
  return { visitor, send, ...worked };
}

async function agentsDay(url: string, { identifier, password }: SeededPlace, mark: Mark, userAgent: string) {
  for (const wrong of [
    { identifier, password: mark('wrong-password') },
    { identifier: `${mark('unknown-login')}@shop.example`, password: mark('unknown-password') },
  ]) {
    await signIn(url, wrong.identifier, wrong.password).catch(() => undefined);
  }
  const cookie = await signIn(url, identifier, password);
  const own = { cookie, origin: url, 'user-agent': userAgent };
  const agent = await connect(`${url}/agent`, { extraHeaders: own });
  const get = async <T>(path: string): Promise<T> => (await (await fetch(url + path, { headers: own })).json()) as T;
  let conversationId = '';
  await until(async () => {
    const page = await get<ConversationPage>(`/api/v1/chat/conversations?view=unassigned`);
    conversationId = page.items[0]?.id ?? '';
    return conversationId !== '';
  });
  const change = (verb: string) => postJson(url, `/api/v1/chat/conversations/${conversationId}/${verb}`, {}, own);
  await change('take');
  const sender = newSender();
  const reply = { conversationId, sender, number: 1, text: mark('reply') };
  must(await ask<AgentSent>(agent, 'message:send', reply));
  must(await ask<AgentSent>(agent, 'note:add', { ...reply, number: 2, text: `备注 ${mark('note')}` }));
  await change('resolve');
  await get(`/api/v1/chat/conversations?view=mine&q=${mark('list-search')}`);
  const history = await get<unknown>(`/api/v1/chat/conversations/${conversationId}/items?limit=100`);
  const me = await get<unknown>('/api/v1/account/me');
  return { agent, conversationId, shown: [JSON.stringify(history), JSON.stringify(me)] };
}

/** Things no client of ours sends: what is refused must leave no trace either. */
async function badInput(url: string, visitor: Socket, agent: Socket, mark: Mark): Promise<void> {
  const text = mark('refused');
  for (const socket of [visitor, agent]) {
    await ask(socket, 'message:send', { sender: text, number: text, text, more: { text } });
    await ask(socket, 'message:send', [text]);
    await ask(socket, text, { text });
    await ask(socket, 'message:send', { sender: newSender(), number: 7, text });
  }
  const json = { 'content-type': 'application/json', origin: url };
  await fetch(`${url}/${text}?q=${text}`);
  await fetch(`${url}/api/v1/${text}`, { method: 'POST', headers: json, body: JSON.stringify({ text }) });
  await fetch(`${url}/api/v1/account/sign-in`, { method: 'POST', headers: json, body: `{"identifier": ${text}` });
  await fetch(`${url}/api/v1/account/sign-in`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ [text]: text }),
  });
  await connect(`${url}/widget`, { auth: { inbox: text, pass: text, token: text } }).catch(() => undefined);
  await connect(`${url}/${text}`, {}).catch(() => undefined);
}
