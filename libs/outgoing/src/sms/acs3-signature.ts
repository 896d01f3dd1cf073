import { createHash, createHmac } from 'node:crypto';

/** A request as Alibaba Cloud's signature method V3 sees it. Names of headers in lower case, `host` included. */
export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const ALGORITHM = 'ACS3-HMAC-SHA256';

/** SHA-256 in hex, as `x-acs-content-sha256` wants it. */
export function contentHash(body: string): string {
  return createHash('sha256').update(body, 'utf8').digest('hex');
}

/** RFC 3986: everything but letters, digits, `-`, `_`, `.` and `~` is written in hex. */
export function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The query in the order that is signed, which is also how it is sent. */
export function canonicalQuery(query: SignedRequest['query']): string {
  return sorted(query)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&');
}

/** Value of the `Authorization` header. */
export function authorization(request: SignedRequest, keyId: string, secret: string): string {
  const names = signedNames(request.headers);
  return `${ALGORITHM} Credential=${keyId},SignedHeaders=${names.join(';')},Signature=${signature(request, secret)}`;
}

/** The signature itself, in hex; the counterpart in tests compares with it. */
export function signature(request: SignedRequest, secret: string): string {
  const { method, path, query, headers, body } = request;
  const names = signedNames(headers);
  const canonical = [
    ...[method, path, canonicalQuery(query)],
    ...names.map((name) => `${name}:${headers[name]!.trim()}`),
    ...['', names.join(';'), contentHash(body)],
  ].join('\n');
  return createHmac('sha256', secret)
    .update(`${ALGORITHM}\n${contentHash(canonical)}`)
    .digest('hex');
}

/** `host`, `content-type` and all `x-acs-` headers are signed. */
function signedNames(headers: SignedRequest['headers']): string[] {
  return Object.keys(headers)
    .filter((name) => name === 'host' || name === 'content-type' || name.startsWith('x-acs-'))
    .sort();
}

function sorted(map: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
}
