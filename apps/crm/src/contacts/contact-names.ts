import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { type ContactCursor, ContactRepository, type ContactRow, type ContactScope } from './contact.repository.js';
import { ContactIndex } from './contact-index.js';
import { ContactMatching } from './contact-matching.js';
import { ContactPieceRepository, type FieldTokens } from './contact-piece.repository.js';
import type { Asker } from './contact-reach.js';
import type { PiecedField, Sought } from './search-pieces.js';

/** A page of whom a text finds. */
export interface NamesWish {
  readonly scope: ContactScope;
  readonly from: ContactCursor | undefined;
  /** How many are wanted. */
  readonly take: number;
}

/** Finds contacts by parts of short fields: pieces give candidates, opened values decide. */
@Injectable()
export class ContactNames {
  constructor(
    private readonly index: ContactIndex,
    private readonly pieces: ContactPieceRepository,
    private readonly contacts: ContactRepository,
    private readonly matching: ContactMatching,
  ) {}

  /** The newest `take` after the cursor, each with the fields that have the text. */
  async find(
    asker: Asker,
    soughts: readonly Sought[],
    wish: NamesWish,
  ): Promise<ReadonlyMap<ContactRow, readonly PiecedField[]>> {
    const found = new Map<string, { readonly row: ContactRow; readonly fields: PiecedField[] }>();
    for (const sought of soughts) {
      for (const row of await this.findIn(asker, sought, wish)) {
        const known = found.get(row.id);
        if (known) known.fields.push(sought.field);
        else found.set(row.id, { row, fields: [sought.field] });
      }
    }
    const newest = [...found.values()].sort((a, b) => newestFirst(a.row, b.row)).slice(0, wish.take);
    return new Map(newest.map(({ row, fields }) => [row, fields]));
  }

  /** However many there are, each look takes in one page of them, and others have their turn between two. */
  private async findIn(asker: Asker, sought: Sought, { scope, from, take }: NamesWish): Promise<readonly ContactRow[]> {
    const { field, pieces } = sought;
    const wanted: FieldTokens = await this.pieces.rarestFirst({
      field,
      tokens: await this.index.tokens(asker.tenantId, field, pieces),
    });
    const found: ContactRow[] = [];
    for (let begin = from; ; await nextTurn()) {
      const { subjectIds, next } = await this.pieces.page(wanted, begin);
      const rows = [...(await this.contacts.ofSubjects(scope, subjectIds))].sort(newestFirst);
      found.push(...(await this.matching.matching(asker, rows, sought)));
      if (!next || found.length >= take) return found;
      begin = next;
    }
  }
}

/** The order of every list of contacts. */
function newestFirst(one: ContactRow, other: ContactRow): number {
  return other.createdAt - one.createdAt || (one.id < other.id ? 1 : -1);
}
