import { loadConfig } from '@libs/config';
import { ManualClock, newId } from '@libs/kernel';
import { createLogger, logLines } from '@libs/logging';
import { type DynamicModule, Global, Module, type Type } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { bootstrapService, type RunningService, type ServiceOptions } from '../bootstrap.js';
import { AUTHENTICATOR, CONTEXT_RUNNER, type Principal, type RequestContext } from '../caller.js';
import { READINESS_CHECKS, type ReadinessCheck } from '../health.controller.js';
import { IDEMPOTENCY_STORE, MemoryIdempotencyStore } from '../idempotency.js';
import { SESSION_COOKIE } from '../origin-check.js';
import { ToyController } from './toy.controller.js';
import { toyContext } from './toy-context.js';

/** Ids of the toy tenant. */
export const TENANT = newId();
export const MEMBER = newId();
export const VISITOR = newId();

/** Origin of the toy installation. */
export const ORIGIN = 'http://127.0.0.1:21500';

/** Headers of a signed-in member whose browser shows a page of ours. */
export const asMember = { cookie: `${SESSION_COOKIE}=good`, origin: ORIGIN };
export const asVisitor = { authorization: 'Bearer good' };

const checks: ReadinessCheck[] = [];

/** What the toy's readiness depends on; tests push and remove. */
export const readiness = checks;

async function authenticate({ headers }: FastifyRequest): Promise<Principal | null> {
  if (headers.authorization === 'Bearer good') {
    return { kind: 'visitor', tenantId: TENANT, inboxId: newId(), visitorId: VISITOR };
  }
  const role = /=(good|poor)$/.exec(headers.cookie ?? '')?.[1];
  if (role === undefined) return null;
  const permissions = new Set(role === 'good' ? ['conversations:reply'] : []);
  return { kind: 'member', tenantId: TENANT, memberId: MEMBER, sessionId: newId(), role, permissions };
}

const clock = new ManualClock();
const ports = [
  { provide: AUTHENTICATOR, useValue: { authenticate } },
  { provide: CONTEXT_RUNNER, useValue: <T>(context: RequestContext, fn: () => T) => toyContext.run(context, fn) },
  { provide: IDEMPOTENCY_STORE, useValue: new MemoryIdempotencyStore(clock) },
  { provide: READINESS_CHECKS, useValue: checks },
];

@Global()
@Module({ providers: ports, exports: ports.map(({ provide }) => provide) })
class ToyPorts {}

class ToyModule {}

/** A module with these controllers and the toy's ports. */
export function toyModule(...controllers: Type[]): DynamicModule {
  return { module: ToyModule, imports: [ToyPorts], controllers };
}

export interface ToyApp extends RunningService {
  readonly lines: string[];
}

/** A toy application behind the real door. */
export async function aToyApp(
  options: Partial<ServiceOptions> & { readonly env?: Readonly<Record<string, string>> } = {},
): Promise<ToyApp> {
  const { env = {}, ...rest } = options;
  const config = loadConfig({ CUSTODIA_PUBLIC_ORIGIN: ORIGIN, LOG_LEVEL: 'debug', ...env });
  const { destination, lines } = logLines();
  const log = createLogger(config, { destination });
  const running = await bootstrapService({
    name: 'toy',
    module: toyModule(ToyController),
    config,
    log,
    listen: false,
    ...rest,
  });
  return { ...running, lines };
}
