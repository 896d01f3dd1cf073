import type { INestApplication } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { AccessRule } from './access.js';
import { describeShapes } from './api-shapes.js';
import { SESSION_COOKIE } from './origin-check.js';
import { listRoutes } from './routes.js';

const ACCESS_EXTENSION = 'x-access';

interface Operation {
  summary?: string;
  description?: string;
  security?: Record<string, string[]>[];
  responses?: Record<string, unknown>;
  [ACCESS_EXTENSION]?: AccessRule;
}

/** What the doc comment of a handler says; a running program has no comments, so there nothing is said. */
export type HandlerDocs = (controller: string, handler: string) => string | undefined;

/** The OpenAPI document of an application: paths and shapes from the controllers, access from `@Access`, words from `docs`. */
export async function writeOpenApi(
  app: INestApplication,
  about: { readonly title: string; readonly version?: string; readonly docs?: HandlerDocs },
): Promise<OpenAPIObject> {
  const { DocumentBuilder, SwaggerModule } = await describeShapes();
  const description = new DocumentBuilder()
    .setTitle(about.title)
    .setVersion(about.version ?? '1')
    .addCookieAuth(SESSION_COOKIE, { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE }, 'member')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'Embed pass or visitor token' }, 'visitor')
    .build();
  const document = SwaggerModule.createDocument(app, description);
  for (const { method, route, access, controller, handler } of listRoutes(app)) {
    const path = document.paths[route.replace(/:([A-Za-z0-9_]+)/g, '{$1}')];
    const operation = (path as Record<string, Operation | undefined> | undefined)?.[method.toLowerCase()];
    if (operation === undefined) continue;
    describe(operation, about.docs?.(controller.name, handler));
    if (access !== undefined) describeAccess(operation, access);
  }
  return document;
}

/** The first sentence, and all of it. */
function describe(operation: Operation, text: string | undefined): void {
  if (!text) return;
  operation.summary = /^.*?[.:;](?= |$)/.exec(text)?.[0].replace(/[.:;]$/, '') ?? text;
  operation.description = text;
}

function describeAccess(operation: Operation, access: AccessRule): void {
  operation[ACCESS_EXTENSION] = access;
  if (access.kind === 'public') return;
  operation.security = [{ [access.kind === 'visitor' ? 'visitor' : 'member']: [] }];
  operation.responses = { ...operation.responses, 401: problem('Nobody known'), 403: problem('Not allowed') };
}

function problem(description: string): object {
  return { description, content: { 'application/problem+json': { schema: { type: 'object' } } } };
}
