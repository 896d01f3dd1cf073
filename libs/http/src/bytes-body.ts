import { UserError } from '@libs/kernel';
import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiBody, ApiConsumes } from './api-shapes.js';

/** Types of bytes that an endpoint can take; each is parsed for the endpoints that say so and refused by all others. */
const TYPES = ['image/png'] as const;
/** One of the types of bytes that an endpoint can take. */
export type BytesType = (typeof TYPES)[number];

const TAKES = 'custodia:takes-bytes';

/** Declares that an endpoint takes bytes of this type and nothing else: JSON is refused there with 415. */
export function TakesBytes(type: BytesType): MethodDecorator {
  return applyDecorators(
    SetMetadata(TAKES, type),
    RouteConfig({ [TAKES]: type }),
    ApiConsumes(type),
    ApiBody({ schema: { type: 'string', format: 'binary' } }),
  );
}

/** True where the handler takes bytes. */
export function takesBytes(handler: object): boolean {
  return Reflect.getMetadata(TAKES, handler) !== undefined;
}

/** The bytes that were sent to an endpoint with `@TakesBytes`; empty where none were. Nothing is known of them yet. */
export const SentBytes = createParamDecorator((_: unknown, context: ExecutionContext): Buffer => {
  const { body } = context.switchToHttp().getRequest<FastifyRequest>();
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
});

/** Lets bytes through to endpoints that take them; they are read up to the limit of all bodies, then 413. */
export function acceptBytes(server: FastifyInstance): void {
  for (const type of TYPES) {
    server.addContentTypeParser(type, { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
      if (request.is404) return undefined;
      if (typeTakenBy(request) !== type) throw wrongType('Send the body as application/json.');
      return body;
    });
  }
}

/** No other type is read. Where there is nothing at all the answer is 404, whatever was sent there. */
export function refuseOtherTypes(server: FastifyInstance): void {
  server.addContentTypeParser('*', (request, payload, done) => {
    if (!request.is404) return done(wrongType('Send the body as application/json.'));
    payload.resume();
    return done(null);
  });
}

/** Where bytes are taken, nothing else is. */
export function refuseJsonForBytes(request: FastifyRequest): void {
  const type = typeTakenBy(request);
  if (type !== undefined) throw wrongType(`Send the body as ${type}.`);
}

function typeTakenBy(request: FastifyRequest): unknown {
  return Reflect.get(request.routeOptions.config, TAKES);
}

function wrongType(sentence: string): UserError {
  return new UserError('http.unsupported-media-type', sentence, { status: 415 });
}
