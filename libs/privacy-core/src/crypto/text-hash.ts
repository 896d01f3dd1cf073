import { createHash } from 'node:crypto';

/** SHA-256 of a published text, hex: names the exact notice that was shown. Never for personal values. */
export function textHash(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
