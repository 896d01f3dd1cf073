import { request } from 'node:http';
import { announce } from '@libs/events';
import { type ChatWorld, SHOP, type WorldTenant } from './chat-world.js';
import { connect, postJson } from './clients.js';

/** A bare visitor's socket from one of the addresses that this machine has for itself (127.0.0.x). */
export async function socketFrom(
  world: ChatWorld,
  tenant: WorldTenant,
  localAddress: string,
  token?: string,
  page = SHOP,
) {
  const { pass } = await postJson<{ pass: string }>(
    world.origin,
    '/api/v1/chat/widget/passes',
    { inbox: tenant.inboxKey },
    { origin: page },
  );
  const auth = { inbox: tenant.inboxKey, pass, ...(token === undefined ? {} : { token }) };
  return connect(`${world.origin}/widget`, { auth, localAddress });
}

/** The code with which a socket is refused; undefined for one that opens (and is closed again). */
export async function refusalOf(opening: Promise<{ close(): void }>): Promise<string | undefined> {
  try {
    (await opening).close();
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

/** A request from one of this machine's own addresses. */
export function fetchFrom(
  world: ChatWorld,
  localAddress: string,
  path: string,
  body?: object,
): Promise<{ status: number; code: string | undefined; retryAfter: string | undefined }> {
  const { port } = new URL(world.origin);
  const headers = body ? { 'content-type': 'application/json', origin: SHOP } : {};
  const options = { host: '127.0.0.1', port, path, method: body ? 'POST' : 'GET', localAddress, headers, agent: false };
  return new Promise((resolve, reject) => {
    const call = request(options, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString();
        const code = text.startsWith('{') ? (JSON.parse(text) as { code?: string }).code : undefined;
        resolve({ status: answer.statusCode ?? 0, code, retryAfter: answer.headers['retry-after'] });
      });
    });
    call.on('error', reject);
    call.end(body ? JSON.stringify(body) : undefined);
  });
}

/** Changes an inbox as a tenant's screen will. */
export async function changeInbox(
  { platform }: ChatWorld,
  { id, inboxId }: WorldTenant,
  { origins, active }: { origins: readonly string[]; active: boolean },
): Promise<void> {
  await platform.work.upkeep(
    async (tx) => {
      await tx.run('UPDATE chat_inbox SET origins = ?, active = ? WHERE tenant_id = ? AND id = ?', [
        origins.join('\n'),
        active ? 1 : 0,
        id,
        inboxId,
      ]);
      await announce(tx, { kind: 'origin', tenantId: id, ref: inboxId });
    },
    new Set([id]),
  );
}
