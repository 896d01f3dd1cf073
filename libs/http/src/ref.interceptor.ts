import { isId } from '@libs/kernel';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { argumentsOf } from './handler-arguments.js';
import { type FieldFault, InvalidInputError } from './invalid-input.js';
import { type DtoClass, parameterRefs } from './ref.js';

interface Check {
  readonly where: 'param' | 'query' | 'body';
  readonly name: string;
}

/** Checks the form of every id in path and query before a handler sees it. */
@Injectable()
export class RefInterceptor implements NestInterceptor {
  private readonly checks = new WeakMap<object, readonly Check[]>();

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const faults = this.checksOf(context).flatMap((check) => faultOf(request, check));
    if (faults.length > 0) throw new InvalidInputError(faults);
    return next.handle();
  }

  private checksOf(context: ExecutionContext): readonly Check[] {
    const handler = context.getHandler();
    const known = this.checks.get(handler);
    if (known !== undefined) return known;
    const controller = context.getClass<DtoClass>() as unknown as DtoClass;
    const refs = parameterRefs(controller, handler.name);
    const checks = argumentsOf(controller, handler.name).flatMap(({ index, where, name }) =>
      name !== undefined && refs.get(index)?.resource !== undefined ? [{ where, name }] : [],
    );
    this.checks.set(handler, checks);
    return checks;
  }
}

function faultOf(request: FastifyRequest, { where, name }: Check): FieldFault[] {
  const source = { param: request.params, query: request.query, body: request.body }[where];
  const value = (source as Readonly<Record<string, unknown>> | undefined)?.[name];
  if (value === undefined && where === 'query') return [];
  return isId(value) ? [] : [{ field: name, rule: 'ref' }];
}
