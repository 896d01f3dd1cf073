import type { Socket } from 'node:net';
import { LIMITS } from '@libs/contracts';
import { type Clock, newId, OperationalError } from '@libs/kernel';
import type { Log } from '@libs/logging';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { acceptBytes, refuseJsonForBytes, refuseOtherTypes } from './bytes-body.js';
import { parseJsonBody } from './json-body.js';
import { applyCrossOrigin, type CrossOriginRule, refuseForeignOrigin } from './origin-check.js';
import { sendProblem } from './problem.filter.js';
import { problemOf } from './problem.js';
import { setSecurityHeaders } from './security-headers.js';
import type { Traffic } from './traffic.js';

/** What the HTTP server is built from. */
export interface ServerOptions {
  readonly publicOrigin: string;
  readonly trustedProxies: readonly string[];
  readonly crossOrigin: readonly CrossOriginRule[];
  readonly log: Log;
  readonly clock: Clock;
  readonly traffic: Traffic;
}

/** The Fastify server with every rule that holds before and after a handler. */
export function createServerAdapter(options: ServerOptions): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: LIMITS.bodyBytes,
    // The client's address is believed only from a listed proxy.
    trustProxy: options.trustedProxies.length === 0 ? false : [...options.trustedProxies],
    requestIdHeader: false,
    genReqId: () => newId(options.clock.now()),
    requestTimeout: 30_000,
    keepAliveTimeout: 65_000,
    http: { headersTimeout: 15_000, maxHeaderSize: 16 * 1024 },
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 128 },
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      setSecurityHeaders(reply, options.publicOrigin);
      void reply.header('x-request-id', request.id);
      sendProblem(reply, problemOf(error, request.id));
    },
    clientErrorHandler: answerBrokenRequest,
  });
  const server = adapter.getInstance<FastifyInstance>();
  acceptOnlyJson(server);
  acceptBytes(server);
  refuseOtherTypes(server);
  addHooks(server, options);
  return adapter;
}

function acceptOnlyJson(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      if (request.is404) return undefined;
      refuseJsonForBytes(request);
      return parseJsonBody(body);
    },
  );
}

function addHooks(server: FastifyInstance, options: ServerOptions): void {
  const { publicOrigin, crossOrigin, log, clock, traffic } = options;
  const openedAt = new WeakMap<FastifyRequest, number>();
  countTraffic(server, traffic);
  server.addHook('onRequest', async (request, reply) => {
    openedAt.set(request, clock.now());
    void reply.header('x-request-id', request.id);
    setSecurityHeaders(reply, publicOrigin);
    if (traffic.draining) {
      void reply.header('connection', 'close');
      throw new OperationalError('http.shutting-down', 'The server is restarting; try again in a moment.');
    }
    refuseForeignOrigin(request, publicOrigin);
    if (await applyCrossOrigin(request, reply, crossOrigin)) return reply;
    return undefined;
  });
  server.addHook('onResponse', async (request, reply) => {
    const ms = clock.now() - (openedAt.get(request) ?? clock.now());
    const { method, id: requestId } = request;
    const route = request.routeOptions.url;
    traffic.answeredWith(method, route, reply.statusCode);
    const where = route === undefined ? {} : { route };
    log.debug('http.answered', { requestId, method, status: reply.statusCode, ms, ...where });
  });
}

/** Counted on the raw response, because it closes also when the client goes away in the middle. */
function countTraffic(server: FastifyInstance, traffic: Traffic): void {
  server.addHook('onRequest', (_request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    traffic.opened();
    reply.raw.once('close', () => traffic.closed());
    done();
  });
}

const BROKEN: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
};

/** What arrives here is no HTTP; it gets a bare status and a closed connection. */
function answerBrokenRequest(error: { readonly code?: string }, socket: Socket): void {
  if (socket.destroyed || !socket.writable) return;
  const status = BROKEN[error.code ?? ''] ?? '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
}
