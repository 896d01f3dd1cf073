import { UnexpectedError } from '@libs/kernel';
import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
  Optional,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Observable } from 'rxjs';
import { CONTEXT_RUNNER, type ContextRunner, callerOf, contextOf } from './caller.js';

/** Runs the handler of a known caller inside the context of the caller's tenant. */
@Injectable()
export class CallerContextInterceptor implements NestInterceptor {
  constructor(@Optional() @Inject(CONTEXT_RUNNER) private readonly run: ContextRunner | null) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const principal = callerOf(request);
    if (principal === undefined) return next.handle();
    const { run } = this;
    if (run === null) throw new UnexpectedError('http.context-runner-missing', 'CONTEXT_RUNNER is not bound.');
    return new Observable((subscriber) =>
      run(contextOf(principal, request.id), () => next.handle().subscribe(subscriber)),
    );
  }
}
