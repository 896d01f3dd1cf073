import { assertStartable, type Config } from '@libs/config';
import { AppError, type Clock, systemClock, UserError } from '@libs/kernel';
import { createLogger, describeError, type Log, nestLogger } from '@libs/logging';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { httpModule } from './http.module.js';
import { writeOpenApi } from './open-api.js';
import type { CrossOriginRule } from './origin-check.js';
import { assertAllIdsDeclared } from './ref-registry.js';
import { assertAllRoutesDeclared } from './routes.js';
import { createServerAdapter } from './server.js';
import { SocketAdapter } from './socket-adapter.js';
import { registerStatic, type StaticSites } from './static-files.js';
import { Traffic } from './traffic.js';

/** What a process is made of. */
export interface ServiceOptions {
  readonly name: string;
  readonly module: Type | DynamicModule;
  readonly config: Config;
  readonly log?: Log;
  readonly clock?: Clock;
  /** False: everything but the port, for tests through `app.inject`. */
  readonly listen?: boolean;
  readonly sites?: StaticSites;
  readonly crossOrigin?: readonly CrossOriginRule[];
  /** Last changes before routes are registered. */
  configure?(app: NestFastifyApplication): void | Promise<void>;
}

/** A running process. */
export interface RunningService {
  readonly app: NestFastifyApplication;
  /** Where it listens; empty when it does not. */
  readonly url: string;
  /** Refuses new work, waits for what is under way, then closes. Calling it twice is harmless. */
  close(): Promise<void>;
}

const DRAIN_MS = 10_000;

/** Starts one process: all rules of the HTTP door, sockets, front ends, drain on SIGTERM and SIGINT. */
export async function bootstrapService(options: ServiceOptions): Promise<RunningService> {
  const { config, name } = options;
  assertStartable(config);
  const clock = options.clock ?? systemClock;
  const log = options.log ?? createLogger(config, { service: name, clock });
  const traffic = new Traffic();
  const app = await createApp(options, { log, clock, traffic });
  const running: { closing?: Promise<void>; forgetSignals?: () => void } = {};
  const close = (): Promise<void> => {
    running.closing ??= drainAndClose(app, traffic, log).finally(() => running.forgetSignals?.());
    return running.closing;
  };
  if (options.listen === false) return { app, url: '', close };
  traffic.start();
  await listen(app, config).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  running.forgetSignals = closeOnSignals(close, log);
  const url = await app.getUrl();
  log.info('http.listening', { port: Number(new URL(url).port), profile: config.profile });
  return { app, url, close };
}

async function createApp(
  options: ServiceOptions,
  parts: { readonly log: Log; readonly clock: Clock; readonly traffic: Traffic },
): Promise<NestFastifyApplication> {
  const { config } = options;
  const { publicOrigin, trustedProxies } = config.server;
  const crossOrigin = options.crossOrigin ?? [];
  const adapter = createServerAdapter({ publicOrigin, trustedProxies, crossOrigin, ...parts });
  const root = { module: ServiceRoot, imports: [httpModule({ config, ...parts }), options.module] };
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    logger: nestLogger(parts.log),
    abortOnError: false,
    bodyParser: false,
  });
  try {
    await prepare(app, options);
    return app;
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** The doors are checked before anything is initialised: a forgotten declaration must not even open a database. */
async function prepare(app: NestFastifyApplication, { config, sites, name, configure }: ServiceOptions): Promise<void> {
  const { publicOrigin, trustedProxies } = config.server;
  // biome-ignore lint/correctness/useHookAtTopLevel: a method of Nest, no React hook
  app.useWebSocketAdapter(new SocketAdapter(app, publicOrigin, trustedProxies));
  assertAllRoutesDeclared(app);
  assertAllIdsDeclared(app);
  await registerStatic(app, { ...sites, publicOrigin });
  if (config.profile === 'demo') serveOpenApi(app, name);
  await configure?.(app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
}

/** The document describes every endpoint, so only the demo serves it. */
function serveOpenApi(app: NestFastifyApplication, title: string): void {
  const server: FastifyInstance = app.getHttpAdapter().getInstance();
  const known: { text: Promise<string> | undefined } = { text: undefined };
  server.get('/api/openapi.json', async (_request, reply) => {
    known.text ??= writeOpenApi(app, { title })
      .then((document) => JSON.stringify(document))
      .catch((error: unknown) => {
        known.text = undefined;
        throw error;
      });
    return reply.header('content-type', 'application/json; charset=utf-8').send(await known.text);
  });
}

async function listen(app: NestFastifyApplication, { server: { port, host } }: Config): Promise<void> {
  try {
    await app.listen({ port, host });
  } catch (error) {
    const code = (error as { readonly code?: unknown } | null)?.code;
    if (code === 'EADDRINUSE') {
      throw new UserError('http.port-in-use', `Port ${port} is in use. Set PORT=… to another one.`, { cause: error });
    }
    if (code === 'EACCES') {
      throw new UserError('http.port-refused', `Port ${port} may not be opened. Set PORT=… to one above 1023.`, {
        cause: error,
      });
    }
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new UserError('http.host-unknown', 'HOST is no address of this machine.', { cause: error });
    }
    throw error;
  }
}

/** New connections are refused first, then the answers under way are waited for, then modules close. */
async function drainAndClose(app: NestFastifyApplication, traffic: Traffic, log: Log): Promise<void> {
  log.info('http.draining', { count: traffic.inFlight });
  const server = app.getHttpServer();
  if (server.listening) server.close();
  await traffic.drain(DRAIN_MS);
  traffic.stop();
  await app.close();
  log.info('http.closed');
}

/** A second signal finds no handler any more and ends the process at once. */
function closeOnSignals(close: () => Promise<void>, log: Log): () => void {
  const forget: (() => void)[] = [];
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const end = (): void => {
      close().then(
        () => process.exit(0),
        (err: unknown) => {
          log.error('http.close-failed', { signal, err });
          process.exit(1);
        },
      );
    };
    process.once(signal, end);
    forget.push(() => process.off(signal, end));
  }
  return () => {
    for (const remove of forget) remove();
  };
}

/** Runs a start; when it fails, says why in one sentence on standard error and ends the process with 1. */
export async function startOrExit(start: () => Promise<unknown>): Promise<void> {
  process.on('uncaughtException', crash);
  try {
    await start();
  } catch (error) {
    process.stderr.write(`${startFailure(error)}\n`);
    process.exit(1);
  }
}

/** A crash says where, never what: the message of an unknown error may quote what a person wrote (P-1002). */
function crash(error: unknown): void {
  const line = { level: 'fatal', event: 'process.crashed', err: describeError(error) };
  process.stderr.write(`${JSON.stringify(line)}\n`);
  process.exit(1);
}

/** What an operator is told when a start fails; of an unknown error only name, code and places. */
export function startFailure(error: unknown): string {
  if (error instanceof AppError) return error.message;
  const { name, code, frames } = describeError(error);
  return [`Could not start: ${code ?? name}`, ...frames].join('\n  ');
}

class ServiceRoot {}
