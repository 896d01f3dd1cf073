import { type Clock, Lru } from '@libs/kernel';
import { SetMetadata } from '@nestjs/common';

/** Which request a key belongs to. */
export interface IdempotencyScope {
  readonly tenantId: string;
  readonly actorId: string;
  /** Method and path. */
  readonly route: string;
  readonly key: string;
}

/** What is kept of a finished request: never its body. */
export interface IdempotencyResult {
  readonly status: number;
  readonly resourceId: string | null;
}

/** Keeps keys for 24 hours. */
export interface IdempotencyStore {
  /** `new`: this call is the first and now owns the key. `running`: the first has not finished, or nobody knows. */
  begin(scope: IdempotencyScope): Promise<'new' | 'running' | IdempotencyResult>;
  finish(scope: IdempotencyScope, result: IdempotencyResult): Promise<void>;
  /** The request was refused before it did anything; the key is free again. */
  abandon(scope: IdempotencyScope): Promise<void>;
}

/** Token under which the composition root binds the `IdempotencyStore`. */
export const IDEMPOTENCY_STORE = Symbol('IDEMPOTENCY_STORE');

/** How long a key is kept. */
const IDEMPOTENCY_MS = 24 * 3_600_000;

/** Metadata key of idempotent handlers. */
export const IDEMPOTENT = 'custodia:idempotent';

/**
 * Lets a client send `Idempotency-Key`: a second request with the same key does nothing and is answered with the first
 * one's status and `{ id }`. The handler's answer must have `id` where it made something.
 */
export const Idempotent = (): MethodDecorator => SetMetadata(IDEMPOTENT, true);

/** A store in memory: for one process whose restart may forget. */
export class MemoryIdempotencyStore implements IdempotencyStore {
  private readonly entries: Lru<string, { readonly until: number; readonly result: IdempotencyResult | null }>;

  constructor(
    private readonly clock: Clock,
    capacity = 50_000,
  ) {
    this.entries = new Lru(capacity);
  }

  async begin(scope: IdempotencyScope): Promise<'new' | 'running' | IdempotencyResult> {
    const found = this.entries.get(keyOf(scope));
    if (found !== undefined && found.until > this.clock.now()) return found.result ?? 'running';
    this.entries.set(keyOf(scope), { until: this.clock.now() + IDEMPOTENCY_MS, result: null });
    return 'new';
  }

  async finish(scope: IdempotencyScope, result: IdempotencyResult): Promise<void> {
    this.entries.set(keyOf(scope), { until: this.clock.now() + IDEMPOTENCY_MS, result });
  }

  async abandon(scope: IdempotencyScope): Promise<void> {
    this.entries.delete(keyOf(scope));
  }
}

function keyOf(scope: IdempotencyScope): string {
  return JSON.stringify([scope.tenantId, scope.actorId, scope.route, scope.key]);
}
