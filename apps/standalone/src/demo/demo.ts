import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DEMO_LOGINS, type Platform } from '@libs/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { seedContacts } from './demo-contacts.js';
import { DEMO_SLUG, inboxKeyOf, type PlannedMember, type Seeded, type SeededMember, seed } from './seed.js';

const FOLDER = resolve('apps/widget/demo');

/** Who can sign in to the demo: one of each role, and a second officer who approves what the first asks for. */
export const DEMO_MEMBERS: readonly PlannedMember[] = [
  { identifier: DEMO_LOGINS.owner, displayName: '许晴川', role: 'owner' },
  { identifier: DEMO_LOGINS.agent, displayName: '王敏', role: 'agent' },
  { identifier: DEMO_LOGINS.admin, displayName: '周宁', role: 'admin' },
  { identifier: DEMO_LOGINS.supervisor, displayName: '赵岚', role: 'supervisor' },
  { identifier: DEMO_LOGINS.officer, displayName: '何静', role: 'privacy-officer' },
  { identifier: DEMO_LOGINS.secondOfficer, displayName: '陆远', role: 'privacy-officer' },
];

/** Seeds the demo shop on first start: who works there, and people who have written to it. */
export async function seedDemo(platform: Platform): Promise<Seeded | undefined> {
  const seeded = await seed(platform, {
    slug: DEMO_SLUG,
    name: '晴川商店',
    origins: [shopOrigin(platform)],
    members: DEMO_MEMBERS,
  });
  if (seeded) await seedContacts(platform, seeded.tenantId);
  return seeded;
}

/** The shop lies on `localhost`, the product on `127.0.0.1`: two sites, so the demo is truly cross-site. */
function shopOrigin({ config }: Platform): string {
  return `http://localhost:${config.server.port}`;
}

/** Serves the shop to requests for `localhost`, and nothing of the product. */
export async function serveShop(app: NestFastifyApplication, platform: Platform): Promise<void> {
  const inboxKey = (await inboxKeyOf(platform, DEMO_SLUG)) ?? '';
  const { port, publicOrigin } = platform.config.server;
  const server: FastifyInstance = app.getHttpAdapter().getInstance();
  const files = new Map([
    ['/', page('shop.html', publicOrigin, inboxKey)],
    ['/shop.css', { type: 'text/css; charset=utf-8', body: read('shop.css') }],
    ['/shop.js', { type: 'text/javascript; charset=utf-8', body: read('shop.js') }],
  ]);
  server.addHook('onRequest', async (request, reply) => {
    if (request.headers.host !== `localhost:${port}`) return;
    const file = request.method === 'GET' ? files.get(request.url.split('?')[0]!) : undefined;
    await answer(reply, file, publicOrigin);
  });
}

function answer(
  reply: FastifyReply,
  file: { readonly type: string; readonly body: string } | undefined,
  publicOrigin: string,
): FastifyReply {
  if (!file) return reply.code(404).type('text/plain').send('Not found');
  void reply.removeHeader('x-frame-options').removeHeader('cross-origin-opener-policy');
  void reply.header(
    'content-security-policy',
    `default-src 'self'; script-src 'self' ${publicOrigin}; connect-src 'self' ${publicOrigin}; ` +
      `frame-src ${publicOrigin}; img-src 'self' data:; style-src 'self'; base-uri 'none'`,
  );
  return reply.type(file.type).header('cache-control', 'no-cache').send(file.body);
}

function page(name: string, origin: string, inboxKey: string): { type: string; body: string } {
  const body = read(name).replaceAll('__PRODUCT_ORIGIN__', origin).replaceAll('__INBOX_KEY__', inboxKey);
  return { type: 'text/html; charset=utf-8', body };
}

function read(name: string): string {
  return readFileSync(resolve(FOLDER, name), 'utf8');
}

/** What a new user needs to know; passwords are shown this once. */
export function announceDemo(platform: Platform, seeded: Seeded | undefined): string {
  const { publicOrigin } = platform.config.server;
  const lines = [
    '',
    `  Shop page with the widget   ${shopOrigin(platform)}`,
    `  Console for agents          ${publicOrigin}`,
    '',
    seeded
      ? `  Sign in (shown only now; npm run demo:password makes new ones):\n${passwordTable(seeded.members)}`
      : '  Passwords were shown at the first start; npm run demo:password makes new ones.',
  ];
  return `${lines.join('\n')}\n`;
}

/** Whom one needs first, then who tries the other roles. */
export function passwordTable(members: readonly SeededMember[]): string {
  const first = members.filter(({ role }) => role === 'owner' || role === 'agent');
  const others = members.filter((member) => !first.includes(member));
  return `${columnsOf(first)}\n\n  Other roles:\n${columnsOf(others)}`;
}

function columnsOf(members: readonly SeededMember[]): string {
  const wide = (values: readonly string[]): number => Math.max(...values.map(({ length }) => length)) + 2;
  const role = wide(members.map((member) => member.role));
  const login = wide(members.map(({ identifier }) => identifier));
  return members
    .map((member) => `    ${member.role.padEnd(role)}${member.identifier.padEnd(login)}${member.password}`)
    .join('\n');
}
