import { createHmac } from 'node:crypto';

/** One part of a statement: JSON in base64url. */
export const statementPart = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A statement as an embedding site signs it. */
export function signStatement(secret: string, claims: object, alg = 'HS256'): string {
  const text = `${statementPart({ alg, typ: 'JWT' })}.${statementPart(claims)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}
