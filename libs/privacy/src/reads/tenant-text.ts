import { fieldAad, openField, sealField } from '@libs/privacy-core';

/** Longest text of a member about an act of theirs, in characters. */
export const NOTE_LENGTH = 200;
/** Bytes of its ciphertext at most. */
export const SEALED_NOTE = 4 * NOTE_LENGTH + 64;

const KEY = 'desk';

/** Keys of a tenant, by name. */
export interface NamedKeys {
  /** A borrowed key, made on first use. */
  tenantKey(tenantId: string, name: string): Promise<Buffer>;
}

/** Where a text lies. */
export interface TextPlace {
  readonly tenantId: string;
  readonly table: string;
  readonly column: string;
  readonly row: string;
}

/**
 * Short texts in which members say why they do something. They may name anybody, so they are ciphertext; under a key of
 * the tenant, because they belong to an act and to no single person. Erasure of one whom the act concerned clears them.
 */
export class TenantText {
  constructor(private readonly keys: NamedKeys) {}

  async seal(place: TextPlace, text: string): Promise<Buffer> {
    return sealField(await this.keys.tenantKey(place.tenantId, KEY), aadOf(place), Buffer.from(text, 'utf8'));
  }

  async open(place: TextPlace, sealed: Uint8Array | ArrayBuffer): Promise<string> {
    // libsql answers blobs as ArrayBuffer.
    const bytes = sealed instanceof ArrayBuffer ? Buffer.from(sealed) : Buffer.from(sealed);
    return openField(await this.keys.tenantKey(place.tenantId, KEY), aadOf(place), bytes).toString('utf8');
  }
}

function aadOf({ tenantId, table, column, row }: TextPlace): string {
  return fieldAad(tenantId, 'tenant', table, column, row);
}
