import { createHmac, timingSafeEqual } from 'node:crypto';

const MAX_TOKEN = 4096;
const LABEL = 'custodia/slip/1|';

/**
 * A compact token `base64url(json).base64url(hmac)` for things the server does not want to remember: embed passes and
 * consent slips. Not secret: anyone can read the payload. Use one key per kind of token, and put the expiry inside.
 */
export function signSlip(key: Buffer, payload: Readonly<Record<string, unknown>>): string {
  const body = Buffer.from(JSON.stringify(payload), 'utf8').toString('base64url');
  return `${body}.${tagOf(key, body).toString('base64url')}`;
}

/** The payload when `token` was signed with `key`, else undefined. Never throws; expiry is the caller's to check. */
export function verifySlip(key: Buffer, token: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof token !== 'string' || token.length > MAX_TOKEN) return undefined;
  const [body, tag, rest] = token.split('.');
  if (!body || !tag || rest !== undefined) return undefined;
  const given = Buffer.from(tag, 'base64url');
  const expected = tagOf(key, body);
  // The canonical text is compared too, so that one slip has one form (its nonce is kept, its text may be).
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  if (given.toString('base64url') !== tag) return undefined;
  try {
    const payload: unknown = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
    return typeof payload === 'object' && payload !== null && !Array.isArray(payload)
      ? (payload as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

function tagOf(key: Buffer, body: string): Buffer {
  return createHmac('sha256', key).update(LABEL).update(body, 'ascii').digest();
}
