import type { Availability, InboxRouting, OwnAvailability, RoutingSettings } from '@libs/contracts';
import { hire as hireMember } from '../accounts/account-caller.js';
import type { ChatWorld, WorldTenant } from '../world/chat-world.js';

/** A member with a session, wherever in the tenant. */
export interface Worker {
  readonly id: string;
  readonly cookie: string;
}

/** One more agent. */
export function hire(world: ChatWorld, tenant: WorldTenant, name: string): Promise<Worker> {
  return hireMember(world, 'agent', tenant, name);
}

interface Answer<T> {
  readonly status: number;
  readonly body: T & { readonly code?: string; readonly details?: Record<string, unknown> };
}

/** An HTTP call of a member to a process. */
export async function call<T>(
  origin: string,
  { cookie }: Pick<Worker, 'cookie'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer<T>> {
  const response = await fetch(`${origin}/api/v1/chat${path}`, {
    method,
    headers: { cookie, origin, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Answer<T>['body'] };
}

export async function choose(origin: string, worker: Worker, availability: Availability): Promise<OwnAvailability> {
  const answer = await call<OwnAvailability>(origin, worker, 'PUT', '/availability', { availability });
  if (answer.status !== 200) throw new Error(`refused: ${answer.status} ${answer.body.code}`);
  return answer.body;
}

/** How an inbox gives from now on. */
export async function route(
  origin: string,
  owner: Pick<Worker, 'cookie'>,
  inboxId: string,
  wish: Partial<InboxRouting>,
): Promise<void> {
  const path = `/inboxes/${inboxId}/routing`;
  const { body: now } = await call<InboxRouting>(origin, owner, 'GET', path);
  const answer = await call<InboxRouting>(origin, owner, 'PUT', path, { ...now, ...wish });
  if (answer.status !== 200) throw new Error(`refused: ${answer.status} ${JSON.stringify(answer.body)}`);
}

export async function setDefaults(
  origin: string,
  owner: Pick<Worker, 'cookie'>,
  wish: Partial<RoutingSettings>,
): Promise<void> {
  const { body: now } = await call<RoutingSettings>(origin, owner, 'GET', '/routing');
  const answer = await call(origin, owner, 'PUT', '/routing', { ...now, ...wish });
  if (answer.status !== 200) throw new Error(`refused: ${answer.status} ${JSON.stringify(answer.body)}`);
}

/** Time that goes on, and can be moved. */
export class MovedClock {
  private ahead = 0;

  now(): number {
    return Date.now() + this.ahead;
  }

  move(ms: number): void {
    this.ahead += ms;
  }
}
