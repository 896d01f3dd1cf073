import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { takesBytes } from './bytes-body.js';
import { argumentsOf } from './handler-arguments.js';
import { type FieldFault, InvalidInputError } from './invalid-input.js';
import type { DtoClass } from './ref.js';

const MAX_FAULTS = 20;
const MAX_NAME = 64;

/**
 * Where a handler takes no body, none may come: whoever sends one expects it to count. Nothing, `null` and an empty
 * object say nothing, so they pass. Decided before the handler looks anything up.
 */
@Injectable()
export class BodyCheckInterceptor implements NestInterceptor {
  private readonly takers = new WeakMap<object, boolean>();

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http' || this.takesBody(context)) return next.handle();
    const faults = faultsOf(context.switchToHttp().getRequest<FastifyRequest>().body);
    if (faults.length > 0) throw new InvalidInputError(faults);
    return next.handle();
  }

  private takesBody(context: ExecutionContext): boolean {
    const handler = context.getHandler();
    const known = this.takers.get(handler);
    if (known !== undefined) return known;
    const controller = context.getClass<DtoClass>() as unknown as DtoClass;
    const takes = takesBytes(handler) || argumentsOf(controller, handler.name).some(({ where }) => where === 'body');
    this.takers.set(handler, takes);
    return takes;
  }
}

function faultsOf(body: unknown): readonly FieldFault[] {
  if (body === undefined || body === null) return [];
  if (typeof body !== 'object' || Array.isArray(body)) return [{ field: 'body', rule: 'unknown' }];
  const names = Object.keys(body).slice(0, MAX_FAULTS);
  return names.map((name) => ({ field: name.slice(0, MAX_NAME), rule: 'unknown' }));
}
