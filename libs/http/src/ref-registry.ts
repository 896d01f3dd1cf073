import { UnexpectedError } from '@libs/kernel';
import type { INestApplicationContext } from '@nestjs/common';
import { getMetadataStorage, ValidationTypes } from 'class-validator';
import { type ArgumentSource, argumentsOf, type HandlerArgument } from './handler-arguments.js';
import { type DtoClass, nestedDtos, parameterRefs, propertyRefs } from './ref.js';
import { listRoutes, type RouteEntry } from './routes.js';

/** One position in which a client sends the id of a resource. */
export interface RefEntry {
  readonly route: string;
  readonly method: string;
  readonly where: ArgumentSource;
  /** Name of the parameter, or path of the property such as `items[].contactId`. */
  readonly name: string;
  readonly resource: string;
}

interface Position {
  readonly where: ArgumentSource;
  readonly name: string;
  readonly resource: string | undefined;
}

interface Survey {
  readonly positions: Position[];
  readonly faults: string[];
}

const LOOKS_LIKE_ID = /(^id|Ids?)$/;

/** Every position in which a client sends an id: what the matrix of wall tests is generated from. */
export function listRefs(app: INestApplicationContext): readonly RefEntry[] {
  return listRoutes(app).flatMap((entry) =>
    survey(entry).positions.flatMap(({ where, name, resource }) =>
      resource === undefined ? [] : [{ route: entry.route, method: entry.method, where, name, resource }],
    ),
  );
}

/** Throws, naming them, when a client can send an id that says not which resource it names. */
export function assertAllIdsDeclared(app: INestApplicationContext): void {
  const faults = listRoutes(app).flatMap((entry) =>
    survey(entry).faults.map((fault) => `${entry.method} ${entry.route}: ${fault}`),
  );
  if (faults.length > 0) throw new UnexpectedError('http.undeclared-id', `Ids without @Ref. ${faults.join('; ')}.`);
}

function survey(entry: RouteEntry): Survey {
  const found: Survey = { positions: [], faults: [] };
  const refs = parameterRefs(entry.controller, entry.handler);
  for (const argument of argumentsOf(entry.controller, entry.handler)) {
    if (argument.name !== undefined) surveyNamed(argument, argument.name, refs.get(argument.index), found);
    else if (argument.type !== undefined) surveyDto(argument.type, argument.where, '', found, new Set());
    else found.faults.push(`the whole ${argument.where} is taken without a DTO class`);
  }
  const bound = new Set(found.positions.filter(({ where }) => where === 'param').map(({ name }) => name));
  for (const [, name] of entry.route.matchAll(/:([A-Za-z0-9_]+)/g)) {
    if (LOOKS_LIKE_ID.test(name!) && !bound.has(name!)) found.faults.push(`path parameter ${name}`);
  }
  return found;
}

function surveyNamed(
  argument: HandlerArgument,
  name: string,
  ref: { readonly resource?: string } | undefined,
  found: Survey,
): void {
  if (ref !== undefined) found.positions.push({ where: argument.where, name, resource: ref.resource });
  else if (LOOKS_LIKE_ID.test(name)) found.faults.push(`${argument.where} ${name}`);
  if (argument.type !== undefined) surveyDto(argument.type, argument.where, `${name}.`, found, new Set());
}

function surveyDto(dto: DtoClass, where: ArgumentSource, path: string, found: Survey, seen: Set<DtoClass>): void {
  if (seen.has(dto)) return;
  const within = new Set(seen).add(dto);
  const refs = propertyRefs(dto);
  const nested = nestedDtos(dto);
  for (const [name, ref] of refs) {
    const suffix = ref.resource !== undefined && ref.each ? '[]' : '';
    found.positions.push({ where, name: `${path}${name}${suffix}`, resource: ref.resource });
  }
  for (const { propertyName, type } of getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false)) {
    if (LOOKS_LIKE_ID.test(propertyName) && !refs.has(propertyName)) {
      addOnce(found.faults, `${where} ${path}${propertyName}`);
    }
    if (type === ValidationTypes.NESTED_VALIDATION && !nested.has(propertyName)) {
      addOnce(found.faults, `${where} ${path}${propertyName} is nested without @NestedDto`);
    }
  }
  for (const [name, { type, each }] of nested) {
    surveyDto(type(), where, `${path}${name}${each ? '[]' : ''}.`, found, within);
  }
}

function addOnce(list: string[], entry: string): void {
  if (!list.includes(entry)) list.push(entry);
}
