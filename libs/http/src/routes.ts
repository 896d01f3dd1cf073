import { UnexpectedError } from '@libs/kernel';
import { type INestApplicationContext, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/internal';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { ACCESS, type AccessRule } from './access.js';
import type { DtoClass } from './ref.js';

/** One endpoint of a controller. */
export interface RouteEntry {
  /** `GET`, `POST`, … */
  readonly method: string;
  /** Template such as `/api/v1/chat/conversations/:conversationId`. */
  readonly route: string;
  readonly controller: DtoClass;
  readonly handler: string;
  readonly access: AccessRule | undefined;
}

/** Every endpoint of every controller, ordered by route and method. */
export function listRoutes(app: INestApplicationContext): readonly RouteEntry[] {
  const controllers = new Set<DtoClass>();
  for (const module of app.get(ModulesContainer).values()) {
    for (const wrapper of module.controllers.values()) controllers.add(wrapper.metatype as DtoClass);
  }
  const routes = [...controllers].flatMap(routesOf);
  return routes.sort((a, b) => compare(a.route, b.route) || compare(a.method, b.method));
}

/** Throws, naming them, when endpoints exist that do not declare who may call them. */
export function assertAllRoutesDeclared(app: INestApplicationContext): void {
  const open = listRoutes(app).filter(({ access }) => access === undefined);
  if (open.length === 0) return;
  const names = open.map(
    ({ method, route, controller, handler }) => `${method} ${route} (${controller.name}.${handler})`,
  );
  throw new UnexpectedError('http.undeclared-access', `Endpoints without @Access: ${names.join(', ')}.`);
}

function routesOf(controller: DtoClass): RouteEntry[] {
  const prototype = controller.prototype as Record<string, object>;
  const bases = pathsOf(Reflect.getMetadata(PATH_METADATA, controller));
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((handler) => {
    const callback = prototype[handler]!;
    const method: unknown = Reflect.getMetadata(METHOD_METADATA, callback);
    if (typeof method !== 'number') return [];
    const access = (Reflect.getMetadata(ACCESS, callback) ?? Reflect.getMetadata(ACCESS, controller)) as
      | AccessRule
      | undefined;
    const paths = pathsOf(Reflect.getMetadata(PATH_METADATA, callback));
    return bases.flatMap((base) =>
      paths.map((path) => ({
        method: RequestMethod[method] ?? String(method),
        route: joined(base, path),
        controller,
        handler,
        access,
      })),
    );
  });
}

function pathsOf(metadata: unknown): readonly string[] {
  if (Array.isArray(metadata)) return metadata.map(String);
  return [typeof metadata === 'string' ? metadata : '/'];
}

function joined(base: string, path: string): string {
  const parts = `${base}/${path}`.split('/').filter((part) => part !== '');
  return `/${parts.join('/')}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
