import { createHmac, timingSafeEqual } from 'node:crypto';

const MOST = 4096;
const PARTS = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/;

/** Why a statement is none. */
export type StatementFault = 'form' | 'algorithm' | 'signature';

/** What somebody else signed. */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * Reads a JWT that another party signed with HS256 under one of `secrets`. The algorithm is fixed: what the header says
 * is only compared, so `none` and public-key mix-ups get nowhere. Expiry and audience are the caller's to check.
 */
export function readStatement(
  secrets: readonly Buffer[],
  statement: unknown,
): { readonly claims: Claims } | { readonly fault: StatementFault } {
  if (typeof statement !== 'string' || statement.length > MOST) return { fault: 'form' };
  const [, head, body, tag] = PARTS.exec(statement) ?? [];
  const header = jsonOf(head);
  const claims = jsonOf(body);
  if (!header || !claims || tag === undefined) return { fault: 'form' };
  // Extensions that must be understood are not.
  if (header.alg !== 'HS256' || 'crit' in header) return { fault: 'algorithm' };
  const given = Buffer.from(tag, 'base64url');
  const signed = secrets.some((secret) => {
    const expected = createHmac('sha256', secret).update(`${head}.${body}`, 'ascii').digest();
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  return signed && given.toString('base64url') === tag ? { claims } : { fault: 'signature' };
}

function jsonOf(part: string | undefined): Claims | undefined {
  try {
    const found: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
    return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Claims) : undefined;
  } catch {
    return undefined;
  }
}
