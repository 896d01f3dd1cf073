import { isId } from '@libs/kernel';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** What a session cookie says: where to look, and the secret to look with. */
export interface SessionCookie {
  readonly tenantId: string;
  readonly token: string;
}

/** Bytes of a session token. */
export const TOKEN_BYTES = 32;

/** `<tenantId>.<token>`: the look-up stays inside one tenant. */
export function sessionCookieValue({ tenantId, token }: SessionCookie): string {
  return `${tenantId}.${token}`;
}

/** Reads a cookie value; null for anything that `sessionCookieValue` did not make. */
export function parseSessionCookie(value: string): SessionCookie | null {
  if (value.length !== 80 || value[36] !== '.') return null;
  const tenantId = value.slice(0, 36);
  const token = value.slice(37);
  return isId(tenantId) && TOKEN.test(token) ? { tenantId, token } : null;
}

/** Value of `name` in a Cookie header; undefined when absent or named twice, which no browser of ours does. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  const found = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`));
  return found.length === 1 ? found[0]!.slice(name.length + 1) : undefined;
}
