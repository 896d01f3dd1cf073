import type { BulkRevealed, ContactField, PersonalValue } from '@libs/contracts';
import { UnitOfWork } from '@libs/database';
import { type ApprovalRow, Approvals, FIELD_CIPHER, type FieldCipher, type Reader } from '@libs/privacy';
import { Inject, Injectable } from '@nestjs/common';
import { contactErrors } from './contact.errors.js';
import { ContactRepository, type ContactRow } from './contact.repository.js';
import { cellOf, readerOf } from './contact-faces.js';
import { CONTACT_SPECS, codeOf, contactField } from './contact-fields.js';
import { type Asker, purposeOf, workingReach } from './contact-reach.js';
import { RevealControls } from './reveal-controls.js';

const USE = { kind: 'bulk-reveal' } as const;

/** Who was shown what. */
interface Shown {
  readonly reader: Reader;
  readonly subjects: readonly string[];
  readonly field: ContactField;
}

/** Shows what two members have agreed on, once. What is withheld from everybody else stays withheld here. */
@Injectable()
export class ContactBulkRevealing {
  constructor(
    private readonly contacts: ContactRepository,
    private readonly controls: RevealControls,
    @Inject(Approvals) private readonly approvals: Approvals,
    @Inject(UnitOfWork) private readonly work: UnitOfWork,
    @Inject(FIELD_CIPHER) private readonly cipher: FieldCipher,
  ) {}

  async reveal(asker: Asker, approvalId: string): Promise<BulkRevealed> {
    const field = fieldOf(await this.approvals.find(asker.tenantId, approvalId));
    await this.controls.assertMay(asker, field);
    const subjectIds = await this.approvals.peek(asker, approvalId, USE);
    const scope = { reach: workingReach(asker.role), memberId: asker.memberId };
    const rows = [...(await this.contacts.ofSubjects(scope, subjectIds))].sort(asListed);
    const reader = readerOf(asker, `contacts ${rows.length}`);
    const closed = await this.withheld(reader, rows, field);
    const shown = rows.filter((row) => !closed.has(row) && row.sealed[field]);
    const values = await this.opened(asker, reader, shown, field);
    await this.use(asker, approvalId, { reader, subjects: shown.map(({ subjectId }) => subjectId), field });
    const items = rows.map((row) => ({
      contactId: row.id,
      subjectId: row.subjectId,
      value: closed.get(row) ?? values.get(row) ?? ({ face: 'empty' } as const),
    }));
    return { field, items };
  }

  /** Uses the approval up and accounts for each person at once: what failed before has cost nothing. */
  private async use(asker: Asker, approvalId: string, shown: Shown): Promise<void> {
    const { tenantId, memberId, role, correlationId } = asker;
    const actor = { kind: 'member', id: memberId } as const;
    const scope = { tenantId, actor, purpose: purposeOf(role), correlationId };
    const { reader, subjects, field } = shown;
    const note = { reader, subjects, fields: [codeOf(field)], masked: 0 };
    await this.approvals.within(asker, approvalId, () =>
      this.work.run(scope, async (work) => {
        await this.approvals.use(work, asker, approvalId, USE);
        if (subjects.length > 0) await this.controls.accounts.noteWithin(work, note, 'approval');
      }),
    );
  }

  /** Faces of those without a ground. */
  private async withheld(
    { tenantId, purpose }: Reader,
    rows: readonly ContactRow[],
    field: ContactField,
  ): Promise<ReadonlyMap<ContactRow, PersonalValue>> {
    const { gate } = this.controls;
    await gate.load(
      tenantId,
      rows.map(({ subjectId }) => subjectId),
    );
    const faces = new Map<ContactRow, PersonalValue>();
    for (const row of rows) {
      const [refused] = await gate.refused(tenantId, purpose, row.subjectId, [codeOf(field)]);
      if (refused) faces.set(row, { face: 'withheld', reason: refused.reason, at: null });
    }
    return faces;
  }

  /** Counted before; nothing of it is answered until the approval is used and the account written. */
  private async opened(
    asker: Asker,
    reader: Reader,
    rows: readonly ContactRow[],
    field: ContactField,
  ): Promise<ReadonlyMap<ContactRow, PersonalValue>> {
    const values = new Map<ContactRow, PersonalValue>();
    if (rows.length === 0) return values;
    const { gate, guard } = this.controls;
    await guard.take(asker, { values: [{ field: codeOf(field), count: rows.length }], approved: true });
    const { group } = CONTACT_SPECS[field];
    await this.cipher.loadAvailable(
      reader.tenantId,
      rows.map(({ subjectId }) => ({ subjectId, group })),
    );
    for (const row of rows) {
      const value = await gate.open(reader, cellOf(row, field));
      values.set(row, { face: 'plain', value: value.reveal(reader.purpose) });
    }
    return values;
  }
}

/** Newest first, like the list in which they were chosen: whoever compares the two reads the same rows. */
function asListed(one: ContactRow, other: ContactRow): number {
  return other.createdAt - one.createdAt || (one.id < other.id ? 1 : -1);
}

/** A bulk reveal is about one field of contacts. */
function fieldOf({ kind, fields }: ApprovalRow): ContactField {
  const field = kind === 'bulk-reveal' && fields.length === 1 ? contactField(fields[0]!) : undefined;
  if (!field) throw contactErrors.approvalUnfit();
  return field;
}
