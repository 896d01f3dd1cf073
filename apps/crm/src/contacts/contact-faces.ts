import { CONTACT_FIELDS, type ContactField, type ContactSummary, type PersonalValue } from '@libs/contracts';
import { type PersonalCell, PersonalGate, type Reader } from '@libs/privacy';
import type { Purpose } from '@libs/privacy-core';
import { Inject, Injectable } from '@nestjs/common';
import type { ContactRow } from './contact.repository.js';
import { CONTACT_SPECS, codeOf, eachField } from './contact-fields.js';
import { type Asker, purposeOf } from './contact-reach.js';

/** Faces of the five fields. */
export type ContactFaces = ContactSummary['fields'];

/** One sealed field of a contact, as the gate takes it. */
export function cellOf({ id, subjectId, sealed }: ContactRow, name: ContactField): PersonalCell {
  return { subjectId, spec: CONTACT_SPECS[name], row: id, sealed: sealed[name] };
}

/** Who reads what; the purpose follows from the role unless a conversation gives another one. */
export function readerOf(asker: Asker, range: string, purpose: Purpose = purposeOf(asker.role)): Reader {
  const { tenantId, memberId, role, correlationId } = asker;
  return { tenantId, memberId, role, purpose, correlationId, range };
}

/** Turns rows into what may be shown of them. All values pass the gate; nothing here opens one. */
@Injectable()
export class ContactFacing {
  constructor(@Inject(PersonalGate) private readonly gate: PersonalGate) {}

  /** Faces of each row, in one call of the gate. */
  async faces(reader: Reader, rows: readonly ContactRow[]): Promise<readonly ContactFaces[]> {
    const cells = rows.map((row) => CONTACT_FIELDS.map((name) => cellOf(row, name)));
    const shown = await this.gate.faces(reader, cells);
    return shown.map((values) => eachField((_, at) => values[at]!));
  }

  /** Rows as the list shows them. */
  async summaries(reader: Reader, rows: readonly ContactRow[]): Promise<readonly ContactSummary[]> {
    const faces = await this.faces(reader, rows);
    return rows.map(({ id, subjectId, createdAt, updatedAt, version }, at) => ({
      ...{ id, subjectId, fields: faces[at]!, firstSeenAt: createdAt, updatedAt, version },
    }));
  }

  /**
   * Faces beside a conversation: where the person has not agreed to customer relations, the name is still there for the
   * conversation itself.
   */
  async besideConversation(asker: Asker, row: ContactRow): Promise<ContactFaces> {
    const range = `contact:${row.id}`;
    const [faces] = await this.faces(readerOf(asker, range), [row]);
    if (faces!.name.face !== 'withheld') return faces!;
    const [name] = await this.names(readerOf(asker, range, 'support-conversation'), [row]);
    return { ...faces!, name: name! };
  }

  /** Names alone, by the same rule, of all rows at once. */
  async namesBeside(asker: Asker, rows: readonly ContactRow[]): Promise<readonly PersonalValue[]> {
    const range = `names ${rows.length}`;
    const names = await this.names(readerOf(asker, range), rows);
    const closed = rows.filter((_, at) => names[at]!.face === 'withheld');
    if (closed.length === 0) return names;
    const again = await this.names(readerOf(asker, range, 'support-conversation'), closed);
    const opened = new Map(closed.map((row, at) => [row, again[at]!]));
    return rows.map((row, at) => opened.get(row) ?? names[at]!);
  }

  private async names(reader: Reader, rows: readonly ContactRow[]): Promise<readonly PersonalValue[]> {
    const shown = await this.gate.faces(
      reader,
      rows.map((row) => [cellOf(row, 'name')]),
    );
    return shown.map(([name]) => name!);
  }

  /** Those rows of which the asker sees `field`: a search must not find by a value that it may not look at. */
  async searchable(asker: Asker, rows: readonly ContactRow[], field: ContactField): Promise<readonly ContactRow[]> {
    const { tenantId, role } = asker;
    const subjects = rows.map(({ subjectId }) => subjectId);
    const reader = { tenantId, role, purpose: purposeOf(role) };
    const decided = await this.gate.decisions(reader, subjects, [codeOf(field)]);
    return rows.filter(({ subjectId }) => {
      const face = decided.get(subjectId)?.get(codeOf(field))?.face;
      return face === 'plain' || face === 'masked';
    });
  }
}
