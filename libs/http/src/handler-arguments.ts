import { ROUTE_ARGS_METADATA, RouteParamtypes } from '@nestjs/common/internal';
import type { DtoClass } from './ref.js';

/** Where a handler's argument comes from. */
export type ArgumentSource = 'param' | 'query' | 'body';

/** One argument of a handler that carries what a client sent. */
export interface HandlerArgument {
  readonly index: number;
  readonly where: ArgumentSource;
  /** Name inside the brackets of `@Param('…')`; undefined when the whole object is taken. */
  readonly name: string | undefined;
  /** Class of the argument, when it has one. */
  readonly type: DtoClass | undefined;
}

const SOURCES: ReadonlyMap<number, ArgumentSource> = new Map([
  [RouteParamtypes.PARAM, 'param'],
  [RouteParamtypes.QUERY, 'query'],
  [RouteParamtypes.BODY, 'body'],
]);

const PLAIN: ReadonlySet<unknown> = new Set([String, Number, Boolean, Array, Object, Date, Buffer, undefined]);

/** The arguments of a handler that come from path, query and body. */
export function argumentsOf(controller: DtoClass, handler: string): readonly HandlerArgument[] {
  const types = (Reflect.getMetadata('design:paramtypes', controller.prototype, handler) ?? []) as unknown[];
  const declared = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, handler) ?? {}) as Record<
    string,
    { readonly index: number; readonly data?: unknown }
  >;
  return Object.entries(declared).flatMap(([key, { index, data }]) => {
    const where = SOURCES.get(Number(key.split(':')[0]));
    if (where === undefined) return [];
    const type = types[index];
    return [
      {
        index,
        where,
        name: typeof data === 'string' ? data : undefined,
        type: PLAIN.has(type) ? undefined : (type as DtoClass),
      },
    ];
  });
}
