import { KeyService } from '@libs/privacy';
import { blindIndex } from '@libs/privacy-core';
import { Inject, Injectable } from '@nestjs/common';
import type { Match } from './contact.repository.js';
import { checkValue, mobileKey } from './contact-values.js';
import { type PiecedField, piecesOf } from './search-pieces.js';

/** The fields one may search by as a whole. */
export type IndexedField = Match['field'];

/** True for a field that has a blind index. */
export function isIndexed(field: string): field is IndexedField {
  return field === 'mobile' || field === 'email';
}

/** Keyed indexes of whole numbers and addresses and of pieces of short fields, each under a key of the tenant (P-1002). */
@Injectable()
export class ContactIndex {
  constructor(@Inject(KeyService) private readonly keys: KeyService) {}

  /** Index of a value in the form in which it is kept. */
  async of(tenantId: string, field: IndexedField, value: string): Promise<string> {
    const key = await this.keys.tenantKey(tenantId, `index:crm_contact.${field}:1`);
    return blindIndex(key, field === 'mobile' ? mobileKey(value) : value);
  }

  /** Tokens of the pieces by which a value of a short field is found. */
  tokensOf(tenantId: string, field: PiecedField, value: string): Promise<readonly string[]> {
    return this.tokens(tenantId, field, piecesOf(field, value));
  }

  /** A token for each piece, in their order. */
  async tokens(tenantId: string, field: PiecedField, pieces: readonly string[]): Promise<readonly string[]> {
    if (pieces.length === 0) return [];
    const key = await this.keys.tenantKey(tenantId, `index:crm_contact.${field}.pieces:1`);
    return pieces.map((piece) => blindIndex(key, piece));
  }

  /** What to look for when somebody searches `text`; undefined for what is neither number nor address. */
  async match(tenantId: string, text: string): Promise<Match | undefined> {
    for (const field of ['mobile', 'email'] as const) {
      const checked = checkValue(field, text);
      if ('value' in checked) return { field, index: await this.of(tenantId, field, checked.value) };
    }
    return undefined;
  }
}
