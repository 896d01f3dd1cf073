import { AppError, isId, OperationalError, UnexpectedError, UserError } from '@libs/kernel';
import {
  type CallHandler,
  type ExecutionContext,
  HttpException,
  Inject,
  Injectable,
  type NestInterceptor,
  Optional,
} from '@nestjs/common';
import { HTTP_CODE_METADATA } from '@nestjs/common/internal';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catchError, from, mergeMap, type Observable, of, throwError } from 'rxjs';
import { callerOf } from './caller.js';
import { IDEMPOTENCY_STORE, IDEMPOTENT, type IdempotencyScope, type IdempotencyStore } from './idempotency.js';
import { InvalidInputError } from './invalid-input.js';

const KEY = /^[A-Za-z0-9_-]{8,64}$/;

/** Makes a resent request harmless where the handler is marked with `@Idempotent`. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Optional() @Inject(IDEMPOTENCY_STORE) private readonly store: IdempotencyStore | null,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    if (context.getType() !== 'http') return next.handle();
    if (this.reflector.get<boolean | undefined>(IDEMPOTENT, context.getHandler()) !== true) return next.handle();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = request.headers['idempotency-key'];
    if (key === undefined) return next.handle();
    const { store } = this;
    if (store === null) throw new OperationalError('http.idempotency-unavailable', 'Keys cannot be kept right now.');
    const scope = scopeOf(request, key);
    const begun = await store.begin(scope);
    if (begun === 'running') {
      throw new UserError('http.idempotency-running', 'The first request with this key has not ended.', {
        status: 409,
      });
    }
    if (begun === 'new') return this.handleFirst(context, next, scope, store);
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    void reply.status(begun.status).header('idempotency-replayed', 'true');
    return of(begun.resourceId === null ? {} : { id: begun.resourceId });
  }

  private handleFirst(
    context: ExecutionContext,
    next: CallHandler,
    scope: IdempotencyScope,
    store: IdempotencyStore,
  ): Observable<unknown> {
    const status = this.statusOf(context);
    const answers = next.handle().pipe(
      // A refusal did nothing, so the key is free again; after a defect, or a commit without an answer, nobody knows: taken.
      catchError((error: unknown) => {
        if (!isRefusal(error)) return throwError(() => error);
        return from(store.abandon(scope)).pipe(mergeMap(() => throwError(() => error)));
      }),
    );
    return answers.pipe(
      mergeMap((body: unknown) =>
        from(store.finish(scope, { status, resourceId: resourceIdOf(body) })).pipe(mergeMap(() => of(body))),
      ),
    );
  }

  private statusOf(context: ExecutionContext): number {
    const declared = this.reflector.get<number | undefined>(HTTP_CODE_METADATA, context.getHandler());
    const { method } = context.switchToHttp().getRequest<FastifyRequest>();
    return declared ?? (method === 'POST' ? 201 : 200);
  }
}

function scopeOf(request: FastifyRequest, key: string | string[]): IdempotencyScope {
  if (typeof key !== 'string' || !KEY.test(key)) {
    throw new InvalidInputError([{ field: 'Idempotency-Key', rule: 'matches' }]);
  }
  const caller = callerOf(request);
  if (caller === undefined) {
    throw new UnexpectedError('http.idempotent-without-caller', 'A public endpoint cannot be @Idempotent.');
  }
  const actorId = caller.kind === 'member' ? caller.memberId : caller.visitorId;
  return { tenantId: caller.tenantId, actorId, route: `${request.method} ${request.url.split('?')[0]}`, key };
}

function isRefusal(error: unknown): boolean {
  if (error instanceof AppError) return error.kind !== 'unexpected' && error.code !== 'database.outcome-unknown';
  return error instanceof HttpException && error.getStatus() < 500;
}

function resourceIdOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('id' in body)) return null;
  return isId(body.id) ? body.id : null;
}
