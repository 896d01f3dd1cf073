import { createAuth, MEMBER_NOTICE, type MemberRole } from '@libs/auth';
import type { SqlRow } from '@libs/database';
import { newId } from '@libs/kernel';
import { authPorts } from '@libs/platform';
import type { Socket } from 'socket.io-client';
import { type ChatWorld, openSession, type WorldTenant } from '../world/chat-world.js';
import { type Agent, connect, openAgent } from '../world/clients.js';

/** What came back. */
export interface Answer<T> {
  readonly status: number;
  readonly body: T & { readonly code?: string };
  readonly cookie: string | undefined;
}

/** Calls below /api/v1/account, or another service, as one browser. */
export interface AccountCaller {
  get<T>(path: string): Promise<Answer<T>>;
  post<T>(path: string, body?: unknown): Promise<Answer<T>>;
  patch<T>(path: string, body: unknown): Promise<Answer<T>>;
  put<T>(path: string, body: unknown): Promise<Answer<T>>;
  delete<T>(path: string): Promise<Answer<T>>;
}

/** A browser with this cookie, or a stranger's. */
export function accountCaller({ origin }: ChatWorld, cookie?: string, service = 'account'): AccountCaller {
  const call = async (method: string, path: string, body?: unknown) => {
    const headers = {
      origin,
      ...(cookie === undefined ? {} : { cookie }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await fetch(`${origin}/api/v1/${service}${path}`, init);
    const text = await response.text();
    const given = response.headers.get('set-cookie')?.split(';')[0];
    return { status: response.status, body: text === '' ? {} : JSON.parse(text), cookie: given } as never;
  };
  return {
    get: (path) => call('GET', path),
    post: (path, body = {}) => call('POST', path, body),
    patch: (path, body) => call('PATCH', path, body),
    put: (path, body) => call('PUT', path, body),
    delete: (path) => call('DELETE', path),
  };
}

/** One more member, signed in. */
export interface Hired {
  readonly id: string;
  readonly cookie: string;
  readonly email: string;
  readonly password: string;
  connect(): Promise<Socket>;
  open(): Promise<Agent>;
  signIn(): Promise<Answer<unknown>>;
}

/** Hires somebody who has read who can see their work. */
export async function hire(
  world: ChatWorld,
  role: MemberRole,
  { id: tenantId }: WorldTenant = world.tenants[0],
  displayName = `hired ${role}`,
): Promise<Hired> {
  const auth = createAuth(authPorts(world.platform));
  const [email, password] = [`${newId()}@hired.example`, `pw-${newId()}`];
  const { loginId } = await auth.accounts.createLogin({ email, password });
  const { memberId } = await auth.accounts.createMember({ tenantId, loginId, role, displayName });
  const read = { version: MEMBER_NOTICE.version, locale: 'en' } as const;
  await auth.notices.confirm({ tenantId, memberId }, read, newId());
  const cookie = await openSession(world.platform, auth.sessions, tenantId, memberId);
  const headers = { extraHeaders: { cookie, origin: world.origin } };
  return {
    ...{ id: memberId, cookie, email, password },
    connect: () => connect(`${world.origin}/agent`, headers),
    open: () => openAgent(world.origin, cookie),
    signIn: () => accountCaller(world).post('/sign-in', { identifier: email, password }),
  };
}

/** Rows of the first tenant (or `tenantId`) by one column. */
export async function membersRows(
  { platform, tenants }: ChatWorld,
  table: string,
  column: string,
  value: string,
  tenantId = tenants[0].id,
): Promise<SqlRow[]> {
  return platform.work.upkeep(
    async (tx) => tx.all(`SELECT * FROM ${table} WHERE tenant_id = ? AND ${column} = ?`, [tenantId, value]),
    new Set([tenantId]),
  );
}
