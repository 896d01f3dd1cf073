import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import { UserError } from '@libs/kernel';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendConsolePage } from './security-headers.js';

/** A built front end: where it lies and under which path it is served (`/console`, no closing slash; '' for the root). */
export interface StaticSite {
  readonly folder: string;
  readonly base: string;
}

/** The front ends that one process serves. */
export interface StaticSites {
  readonly console?: StaticSite;
  readonly widget?: StaticSite;
}

const HASHED = /[-.][A-Za-z0-9_-]{8,}\.[a-z0-9]+$/;
/** Paths that the console's router may know: words, codes and ids, no dots. */
const PAGE_PATH = /^[\w-]+(\/[\w-]+)*\/?$/;
/** Doors of the product beside a console that is served at the root: what they do not know is no page either. */
const DOORS = /^(api|widget|socket\.io)(\/|$)/;
const DAY_S = 86_400;

/**
 * Serves the files that lie in the folders when the process starts, and no others: what is asked for is looked up in a
 * list, never joined to a path. Paths below the console's base that name no file get the console's page.
 */
export async function registerStatic(
  app: NestFastifyApplication,
  sites: StaticSites & { readonly publicOrigin: string },
): Promise<void> {
  const root = sites.console?.folder ?? sites.widget?.folder;
  if (root === undefined) return;
  await app.register(fastifyStatic, { root, serve: false });
  const server = app.getHttpAdapter().getInstance();
  if (sites.console !== undefined) serveConsole(server, sites.console, sites.publicOrigin);
  if (sites.widget !== undefined) serveWidget(server, sites.widget);
}

function serveConsole(server: FastifyInstance, { folder, base }: StaticSite, publicOrigin: string): void {
  const files = filesIn(folder);
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const answer = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const name = wanted(request);
    if (name !== 'index.html' && files.has(name)) return sendAsset(reply, name, folder);
    if (name !== 'index.html' && (!PAGE_PATH.test(name) || DOORS.test(name))) throw nothingHere();
    return sendConsolePage(reply, page, publicOrigin);
  };
  server.get(base === '' ? '/' : base, answer);
  server.get(`${base}/*`, answer);
}

function serveWidget(server: FastifyInstance, { folder, base }: StaticSite): void {
  const files = filesIn(folder);
  server.get(`${base}/*`, (request: FastifyRequest, reply: FastifyReply) => {
    const name = wanted(request);
    // Pages of the widget go out through sendPanelPage, which knows who may embed them.
    if (!files.has(name) || name.endsWith('.html')) throw nothingHere();
    void reply.headers({ 'cross-origin-resource-policy': 'cross-origin', 'access-control-allow-origin': '*' });
    return sendAsset(reply, name, folder);
  });
}

function sendAsset(reply: FastifyReply, name: string, folder: string): FastifyReply {
  const isHashed = HASHED.test(name) && name.includes('/');
  return reply.sendFile(name, folder, { maxAge: (isHashed ? 365 * DAY_S : 300) * 1_000, immutable: isHashed });
}

function wanted(request: FastifyRequest): string {
  const name = (request.params as Readonly<Record<string, string | undefined>>)['*'];
  return name === undefined || name === '' ? 'index.html' : name;
}

/** Names relative to the folder, with slashes; hidden files and source maps stay at home. */
function filesIn(folder: string): ReadonlySet<string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => relative(folder, join(folder, name)).split(sep).join('/'))
    .filter((name) => !/(^|\/)\.|\.map$/.test(name) && statSync(join(folder, name)).isFile());
  return new Set(names);
}

function nothingHere(): UserError {
  return new UserError('http.not-found', 'There is nothing here.', { status: 404 });
}
