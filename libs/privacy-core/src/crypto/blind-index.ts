import { createHmac } from 'node:crypto';

const VERSION = '01';
const KEPT_BYTES = 16;

/**
 * Keyed pseudonym of a value for exact search: `01` and 16 bytes of HMAC-SHA256 in hex (34 characters). The caller
 * normalises first (lower-case e-mail, digits of a phone number), and takes a key per tenant, field and epoch.
 */
export function blindIndex(indexKey: Buffer, normalisedValue: string): string {
  return (
    VERSION +
    createHmac('sha256', indexKey)
      .update(normalisedValue, 'utf8')
      .digest('hex')
      .slice(0, KEPT_BYTES * 2)
  );
}
