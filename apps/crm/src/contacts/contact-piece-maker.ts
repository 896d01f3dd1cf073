import { InvalidationFeed } from '@libs/events';
import { FIELD_CIPHER, type FieldCipher, PersonalGate } from '@libs/privacy';
import { Inject, Injectable } from '@nestjs/common';
import type { ContactRow } from './contact.repository.js';
import { CONTACT_SPECS, codeOf } from './contact-fields.js';
import { ContactIndex } from './contact-index.js';
import { ContactPieceRepository, type FieldTokens } from './contact-piece.repository.js';
import { PIECED_FIELDS, type PiecedField } from './search-pieces.js';

/** To be found is a use like any other of the function, so it needs the same ground. */
const PURPOSE = 'customer-relations';

/** What a contact is to be found by. */
export interface MadePieces {
  readonly row: ContactRow;
  /** Of the fields that have none yet. */
  readonly pieces: readonly FieldTokens[];
  /** False where a value may not be opened now. */
  readonly isComplete: boolean;
}

/** Makes pieces of values that lie sealed. What may not be read is not opened. */
@Injectable()
export class ContactPieceMaker {
  constructor(
    @Inject(PersonalGate) private readonly gate: PersonalGate,
    @Inject(FIELD_CIPHER) private readonly cipher: FieldCipher,
    @Inject(InvalidationFeed) private readonly feed: InvalidationFeed,
    private readonly index: ContactIndex,
    private readonly pieces: ContactPieceRepository,
  ) {}

  /** The missing pieces of each of `rows`: one look at their decisions and one at their keys. */
  async make(tenantId: string, rows: readonly ContactRow[]): Promise<readonly MadePieces[]> {
    this.feed.assertFresh();
    const subjects = rows.map(({ subjectId }) => subjectId);
    const lying = await this.pieces.fieldsOf(subjects);
    await this.gate.load(tenantId, subjects);
    const closed = await this.cipher.loadAvailable(
      tenantId,
      rows.flatMap(({ subjectId, sealed }) =>
        PIECED_FIELDS.filter((field) => sealed[field]).map((field) => ({
          subjectId,
          group: CONTACT_SPECS[field].group,
        })),
      ),
    );
    const made: MadePieces[] = [];
    for (const row of rows) {
      const missing = PIECED_FIELDS.filter((field) => row.sealed[field] && !lying.get(row.subjectId)?.has(field));
      const open = closed.has(row.subjectId) ? [] : await this.openable(tenantId, row.subjectId, missing);
      const pieces: FieldTokens[] = [];
      for (const field of open) pieces.push({ field, tokens: await this.tokens(tenantId, row, field) });
      made.push({ row, pieces, isComplete: open.length === missing.length });
    }
    return made;
  }

  private async openable(
    tenantId: string,
    subjectId: string,
    fields: readonly PiecedField[],
  ): Promise<readonly PiecedField[]> {
    if (fields.length === 0) return fields;
    const grounds = await this.gate.grounds(tenantId, PURPOSE, subjectId, fields.map(codeOf));
    return fields.filter((field) => grounds.get(codeOf(field))?.allowed);
  }

  private tokens(
    tenantId: string,
    { id, subjectId, sealed }: ContactRow,
    field: PiecedField,
  ): Promise<readonly string[]> {
    const value = this.cipher.open(tenantId, subjectId, CONTACT_SPECS[field], id, sealed[field]!, PURPOSE);
    return this.index.tokensOf(tenantId, field, value);
  }
}
