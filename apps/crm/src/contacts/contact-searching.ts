import type { ContactField, ContactPage } from '@libs/contracts';
import { RevealGuard } from '@libs/privacy';
import { Inject, Injectable } from '@nestjs/common';
import { MOST_CONTACTS } from './contact.dto.js';
import { contactErrors } from './contact.errors.js';
import { type ContactCursor, ContactRepository, type ContactRow, type Match } from './contact.repository.js';
import { ContactService, type ListRequest, PAGE, readCursor, scopeOf } from './contact.service.js';
import { ContactFacing } from './contact-faces.js';
import { ContactIndex } from './contact-index.js';
import { ContactNames } from './contact-names.js';
import type { Asker } from './contact-reach.js';
import { soughtIn } from './search-pieces.js';

/** Texts that one member may look for within an hour. */
export const SEARCHES_PER_HOUR = 120;
const NOBODY: ContactPage = { items: [], next: null };

/** What is looked for. */
export interface SearchRequest extends ListRequest {
  /** A whole mobile number or e-mail address, a name or a part of one, a WeChat id. */
  readonly q: string;
}

/** Who was found, in order, each by which fields. */
type Found = ReadonlyMap<ContactRow, readonly ContactField[]>;

/**
 * Finds people by what is known of them. Those who may not be found are left out before pages are made, so that not even
 * the end of a page tells of them; and a member may ask only so often, because a mask leaves few values to guess.
 */
@Injectable()
export class ContactSearching {
  constructor(
    private readonly lists: ContactService,
    private readonly contacts: ContactRepository,
    private readonly facing: ContactFacing,
    private readonly index: ContactIndex,
    private readonly names: ContactNames,
    @Inject(RevealGuard) private readonly guard: RevealGuard,
  ) {}

  /** A page, newest first. A text that can be nobody's finds nobody and is not counted. */
  async search(asker: Asker, { cursor, limit = PAGE, q }: SearchRequest): Promise<ContactPage> {
    const from = cursor === undefined ? undefined : readCursor(cursor);
    const match = await this.index.match(asker.tenantId, q);
    // What is written like an address is one: half of it must not find people by their names.
    const soughts = match || q.includes('@') ? [] : soughtIn(q);
    if (!match && soughts.length === 0) return NOBODY;
    await this.guard.takeSearch(asker, SEARCHES_PER_HOUR, contactErrors.searchLimit);
    const found: Found = match
      ? await this.byWhole(asker, match, limit + 1, from)
      : await this.names.find(asker, soughts, { scope: scopeOf(asker), from, take: limit + 1 });
    const { items, next } = await this.lists.pageOf(asker, [...found.keys()], limit);
    // A consent may have ended since they were found.
    const fieldsOf = new Map([...found].map(([{ id }, fields]) => [id, fields]));
    const shown = items.filter(({ id, fields }) => fieldsOf.get(id)!.some((name) => isVisible(fields[name].face)));
    return { items: shown, next };
  }

  private async byWhole(asker: Asker, match: Match, take: number, from: ContactCursor | undefined): Promise<Found> {
    const found: ContactRow[] = [];
    for (let begin = from; found.length < take; ) {
      const rows = await this.contacts.page(scopeOf(asker), MOST_CONTACTS, begin, match);
      found.push(...(await this.facing.searchable(asker, rows, match.field)));
      if (rows.length < MOST_CONTACTS) break;
      begin = rows[rows.length - 1];
    }
    return new Map(found.map((row) => [row, [match.field]]));
  }
}

function isVisible(face: string): boolean {
  return face === 'plain' || face === 'masked';
}
