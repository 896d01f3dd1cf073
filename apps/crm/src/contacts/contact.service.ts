import type { ConsentInForce, ContactCard, ContactDetail, ContactPage, PersonNames } from '@libs/contracts';
import { ConsentBook } from '@libs/privacy';
import { parseScope, sha256Hex } from '@libs/privacy-core';
import { Inject, Injectable } from '@nestjs/common';
import { contactErrors } from './contact.errors.js';
import { type ContactCursor, ContactRepository, type ContactRow, type ContactScope } from './contact.repository.js';
import { ContactAsking } from './contact-asking.js';
import { type ContactFaces, ContactFacing, readerOf } from './contact-faces.js';
import { eachField } from './contact-fields.js';
import { type Asker, conversationReach, readingReach } from './contact-reach.js';

/** Contacts of a page where nobody says how many. */
export const PAGE = 50;
const NOBODY: ContactPage = { items: [], next: null };

/** Which page of the list. */
export interface ListRequest {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** Reads contacts within the reach of who asks. Unknown, foreign and out of reach are the same 404. */
@Injectable()
export class ContactService {
  constructor(
    private readonly contacts: ContactRepository,
    private readonly facing: ContactFacing,
    private readonly asking: ContactAsking,
    @Inject(ConsentBook) private readonly consents: ConsentBook,
  ) {}

  /** A page, newest first: one statement for the rows, one call of the gate for their values. */
  async list(asker: Asker, { cursor, limit = PAGE }: ListRequest): Promise<ContactPage> {
    const from = cursor === undefined ? undefined : readCursor(cursor);
    return this.pageOf(asker, await this.contacts.page(scopeOf(asker), limit + 1, from), limit);
  }

  /** The first `limit` of `rows`; the rest only says that there is more. */
  async pageOf(asker: Asker, rows: readonly ContactRow[], limit: number): Promise<ContactPage> {
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page[page.length - 1] : undefined;
    if (page.length === 0) return NOBODY;
    const items = await this.facing.summaries(readerOf(asker, `contacts ${page.length}`), page);
    return { items, next: last ? `${last.createdAt}.${last.id}` : null };
  }

  /** One contact with the consents of its person. */
  async detail(asker: Asker, id: string): Promise<ContactDetail> {
    const row = await this.contacts.find({ reach: readingReach(asker.role), memberId: asker.memberId }, { id });
    if (!row) throw contactErrors.notFound();
    return this.detailOf(asker, row);
  }

  /** What the detail says of a row that the asker may see. */
  async detailOf(asker: Asker, row: ContactRow): Promise<ContactDetail> {
    const [summary] = await this.facing.summaries(readerOf(asker, `contact:${row.id}`), [row]);
    const consents = await this.inForce(asker.tenantId, row.subjectId);
    const marks = marksOf(row, summary!.fields);
    return { ...summary!, consents, marks, asking: await this.asking.states(asker, row.subjectId) };
  }

  /** The card beside a conversation. */
  async cardOf(asker: Asker, subjectId: string): Promise<ContactCard> {
    const scope = { reach: conversationReach(asker.role), memberId: asker.memberId };
    const row = await this.contacts.find(scope, { subjectId });
    if (!row) throw contactErrors.notFound();
    const fields = await this.facing.besideConversation(asker, row);
    const consents = purposesOf(await this.inForce(asker.tenantId, subjectId));
    return { id: row.id, subjectId, firstSeenAt: row.createdAt, fields, consents };
  }

  /** One statement for all of them, and one look at their consents; only people whom the asker works with. */
  async namesOf(asker: Asker, subjectIds: readonly string[]): Promise<PersonNames> {
    const reach = conversationReach(asker.role);
    const scope = { reach: reach === 'near' ? 'handled' : reach, memberId: asker.memberId } as const;
    const rows = await this.contacts.ofSubjects(scope, [...new Set(subjectIds)]);
    if (rows.length === 0) throw contactErrors.notFound();
    const names = await this.facing.namesBeside(asker, rows);
    return { items: rows.map(({ subjectId }, at) => ({ subjectId, name: names[at]! })) };
  }

  /** The last decision about each scope, in the order of scopes. */
  private async inForce(tenantId: string, subjectId: string): Promise<readonly ConsentInForce[]> {
    const decided = await this.consents.decided(tenantId, subjectId);
    return decided.map(({ scope, decision, version, at, superseded }) => ({
      scope,
      decision,
      version,
      at,
      superseded,
    }));
  }
}

const NO_VALUE = 'empty';
const MARK = 12;

/** Made from what lies sealed: it is sealed anew with each writing, so equal marks are the same writing. */
function marksOf({ sealed }: ContactRow, faces: ContactFaces): ContactDetail['marks'] {
  return eachField((name) => {
    const { face } = faces[name];
    if (face === 'empty') return NO_VALUE;
    const value = sealed[name];
    return isVisible(face) && value ? sha256Hex(value.toString('base64')).slice(0, MARK) : null;
  });
}

/** Functions that a person agrees to now. */
function purposesOf(consents: readonly ConsentInForce[]): ContactCard['consents'] {
  return consents.flatMap(({ scope, decision, version, at, superseded }) => {
    const parts = parseScope(scope);
    return decision === 'grant' && !superseded && parts?.about === 'purpose'
      ? [{ purpose: parts.purpose, version, at }]
      : [];
  });
}

/** Contacts that who asks may look at. */
export function scopeOf({ role, memberId }: Asker): ContactScope {
  return { reach: readingReach(role), memberId };
}

function isVisible(face: string): boolean {
  return face === 'plain' || face === 'masked';
}

/** Where a page begins; 422 `crm.cursor-invalid` for what is no cursor. */
export function readCursor(cursor: string): ContactCursor {
  const match = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(cursor);
  if (!match) throw contactErrors.cursor();
  return { createdAt: Number(match[1]), id: match[2]! };
}
