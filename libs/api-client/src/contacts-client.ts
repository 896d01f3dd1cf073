import type {
  BulkRevealed,
  ContactDetail,
  ContactEdit,
  ContactField,
  ContactPage,
  ContactSaved,
  PersonNames,
  RevealedValue,
  RevealRequest,
} from '@libs/contracts';
import type { PageOptions } from './api-client.js';
import { Caller, type CallerOptions, query } from './caller.js';

const at = (id: string) => `/crm/contacts/${encodeURIComponent(id)}`;

/** Contacts: what may be seen of them, edits, reveals and asking for consent. */
export class ContactsClient {
  private readonly http: Caller;

  constructor(options: CallerOptions = {}) {
    this.http = new Caller(options);
  }

  /** A page; with `q`, part of a name or a whole number, address or id, of those who have it: never in a URL. */
  contacts({ cursor, limit, signal, q }: PageOptions & { readonly q?: string } = {}): Promise<ContactPage> {
    if (q !== undefined) return this.http.post('/crm/contacts/searches', { cursor, limit, q }, signal);
    return this.http.get(`/crm/contacts${query({ cursor, limit })}`, signal);
  }

  /** How people are called beside conversations. */
  names(subjectIds: readonly string[]): Promise<PersonNames> {
    return this.http.post('/crm/contacts/names', { subjectIds });
  }

  contact(id: string, signal?: AbortSignal): Promise<ContactDetail> {
    return this.http.get(at(id), signal);
  }

  edit(id: string, edit: ContactEdit): Promise<ContactSaved> {
    return this.http.patch(at(id), edit);
  }

  reveal(id: string, request: RevealRequest): Promise<RevealedValue> {
    return this.http.post(`${at(id)}/reveals`, request);
  }

  askConsent(id: string, field: ContactField): Promise<unknown> {
    return this.http.post(`${at(id)}/consent-requests`, { field });
  }

  /** Once per approval. */
  bulkReveal(approvalId: string): Promise<BulkRevealed> {
    return this.http.post('/crm/contacts/bulk-reveals', { approvalId });
  }
}
