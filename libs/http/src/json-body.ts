import { UserError } from '@libs/kernel';

/** Objects and lists inside each other, at most. */
export const MAX_JSON_DEPTH = 16;

const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a JSON body. Refused are malformed text, text that is not UTF-8, nesting deeper than `MAX_JSON_DEPTH` (before
 * it is parsed) and keys that reach for prototypes.
 */
export function parseJsonBody(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  refuseDeep(bytes);
  const value = parse(bytes);
  refuseForbiddenKeys(value);
  return value;
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(bytes)) as unknown;
  } catch {
    throw new UserError('http.malformed-json', 'The body is not valid JSON.', { status: 400 });
  }
}

const OPEN = new Set([0x7b, 0x5b]);
const CLOSE = new Set([0x7d, 0x5d]);
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

function refuseDeep(bytes: Buffer): void {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at]!;
    if (inText) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) inText = true;
    else if (OPEN.has(byte)) depth += 1;
    else if (CLOSE.has(byte)) depth -= 1;
    if (depth > MAX_JSON_DEPTH) {
      throw new UserError('http.json-too-deep', 'The body is nested too deeply.', {
        status: 400,
        details: { maxDepth: MAX_JSON_DEPTH },
      });
    }
  }
}

function refuseForbiddenKeys(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    if (FORBIDDEN.has(key)) throw new UserError('http.forbidden-key', 'The body has a key that is not allowed.');
    refuseForbiddenKeys(child);
  }
}
