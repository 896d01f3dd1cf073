import type { BulkRevealed, ContactField, PersonalValue, RevealedValue, RevealReason } from '@libs/contracts';
import { UnitOfWork } from '@libs/database';
import { CLOCK } from '@libs/http';
import type { Clock } from '@libs/kernel';
import {
  type ApprovalRow,
  Approvals,
  PersonalGate,
  ReadAccounts,
  type Reader,
  type ReadReason,
  RegisterBook,
  RevealGuard,
} from '@libs/privacy';
import type { Purpose, Register } from '@libs/privacy-core';
import { Inject, Injectable } from '@nestjs/common';
import { contactErrors } from './contact.errors.js';
import { ContactRepository, type ContactRow } from './contact.repository.js';
import { cellOf, readerOf } from './contact-faces.js';
import { codeOf, contactField } from './contact-fields.js';
import { type Asker, purposeOf, workingReach } from './contact-reach.js';

/** How long a revealed value stays on the screen. */
const SHOWN_MS = 60_000;

/** One value that a member wants to see in full. */
export interface RevealWish {
  readonly field: ContactField;
  readonly reason?: RevealReason | undefined;
  readonly note?: string | undefined;
  readonly conversationId?: string | undefined;
}

/** What stands around a reveal: the tenant's rules, the count, the account, the second person. */
@Injectable()
export class RevealControls {
  constructor(
    @Inject(RegisterBook) readonly register: RegisterBook,
    @Inject(RevealGuard) readonly guard: RevealGuard,
    @Inject(ReadAccounts) readonly accounts: ReadAccounts,
    @Inject(Approvals) readonly approvals: Approvals,
    @Inject(UnitOfWork) readonly work: UnitOfWork,
    @Inject(CLOCK) readonly clock: Clock,
  ) {}
}

/** Shows masked values in full: by permission, for a reason, counted, and written down before they are answered. */
@Injectable()
export class ContactRevealing {
  constructor(
    private readonly contacts: ContactRepository,
    private readonly controls: RevealControls,
    @Inject(PersonalGate) private readonly gate: PersonalGate,
  ) {}

  /** One value of one person. */
  async reveal(asker: Asker, id: string, wish: RevealWish): Promise<RevealedValue> {
    const { guard, accounts, clock } = this.controls;
    const { field } = wish;
    const row = await this.contacts.find({ reach: workingReach(asker.role), memberId: asker.memberId }, { id });
    if (!row) throw contactErrors.notFound();
    const tier = await this.assertMay(asker, field);
    const ofOwnWork = await this.isOwnWork(asker, row, wish);
    const reason = reasonOf(wish, ofOwnWork && tier !== 'T3');
    const reader = readerOf(asker, `contact:${id}`, await this.purpose(asker, row, field, ofOwnWork));
    if (!row.sealed[field]) throw contactErrors.empty();
    await guard.take(asker, { values: [{ field: codeOf(field), count: 1 }] });
    const value = (await this.gate.open(reader, cellOf(row, field))).reveal(reader.purpose);
    const until = clock.now() + SHOWN_MS;
    await accounts.noteNow({ reader, subjects: [row.subjectId], fields: [codeOf(field)], masked: 0 }, reason);
    return { field, value, until };
  }

  /** The values that two members have agreed on, once. What is withheld from others stays withheld here. */
  async bulk(asker: Asker, approvalId: string): Promise<BulkRevealed> {
    const { approvals, work, guard, accounts } = this.controls;
    const field = fieldOf(await approvals.find(asker.tenantId, approvalId));
    await this.assertMay(asker, field);
    const { tenantId, memberId, correlationId } = asker;
    const actor = { kind: 'member', id: memberId } as const;
    const purpose = purposeOf(asker.role);
    const { subjectIds } = await work.run({ tenantId, actor, purpose, correlationId }, (unit) =>
      approvals.use(unit, asker, approvalId, { kind: 'bulk-reveal' }),
    );
    const rows = await this.contacts.ofSubjects({ reach: workingReach(asker.role), memberId }, subjectIds);
    const reader = readerOf(asker, `contacts ${rows.length}`);
    const refused = await this.withheld(reader, rows, field);
    const shown = rows.filter((row, at) => !refused[at] && row.sealed[field]);
    if (shown.length > 0) {
      await guard.take(asker, { values: [{ field: codeOf(field), count: shown.length }], approved: true });
    }
    const items: { contactId: string; value: PersonalValue }[] = [];
    for (const [at, row] of rows.entries()) {
      items.push({ contactId: row.id, value: refused[at] ?? (await this.opened(reader, row, field)) });
    }
    const subjects = shown.map(({ subjectId }) => subjectId);
    if (shown.length > 0) {
      await accounts.noteNow(
        { reader, subjects, fields: [codeOf(field)], masked: 0 },
        { code: 'approval', note: approvalId },
      );
    }
    return { field, items };
  }

  /** The tier of the field in this workspace; refuses a role that may not reveal it or does not see it at all. */
  private async assertMay({ tenantId, role, permissions }: Asker, field: ContactField): Promise<string> {
    const { register } = await this.controls.register.load(tenantId);
    const policy = policyOf(register, field);
    if (policy?.roles[role as keyof typeof policy.roles] === 'none') throw contactErrors.hidden();
    const permission = policy?.tier === 'T2' || policy?.tier === 'T1' ? 'personal:reveal' : 'personal:reveal-sensitive';
    if (!permissions.has(permission)) throw contactErrors.permission(permission);
    return policy?.tier ?? 'T3';
  }

  /** The conversation that is named must be with this person and the member's own. */
  private async isOwnWork({ memberId }: Asker, row: ContactRow, { conversationId }: RevealWish): Promise<boolean> {
    if (conversationId === undefined) return false;
    if (await this.contacts.handles(memberId, conversationId, row.subjectId)) return true;
    throw contactErrors.conversationNotFound();
  }

  /** The purpose that has a ground: that of the role, or for the name of somebody one talks to the conversation. */
  private async purpose(asker: Asker, row: ContactRow, field: ContactField, ofOwnWork: boolean): Promise<Purpose> {
    const purpose = purposeOf(asker.role);
    const refused = await this.gate.refused(asker.tenantId, purpose, row.subjectId, [codeOf(field)]);
    if (refused.length === 0) return purpose;
    if (ofOwnWork && field === 'name') {
      const other = await this.gate.refused(asker.tenantId, 'support-conversation', row.subjectId, [codeOf(field)]);
      if (other.length === 0) return 'support-conversation';
    }
    throw contactErrors.noConsent(refused.map(({ reason }) => ({ field, reason })));
  }

  /** Faces of those that stay closed; undefined for the others. */
  private async withheld(
    { tenantId, purpose }: Reader,
    rows: readonly ContactRow[],
    field: ContactField,
  ): Promise<readonly (PersonalValue | undefined)[]> {
    await this.gate.load(
      tenantId,
      rows.map(({ subjectId }) => subjectId),
    );
    return rows.map(({ subjectId }) => {
      const ground = this.gate.groundNow(tenantId, purpose, codeOf(field), subjectId);
      if (ground?.allowed) return undefined;
      return { face: 'withheld', reason: ground?.reason ?? 'no-consent', at: null };
    });
  }

  private async opened(reader: Reader, row: ContactRow, field: ContactField): Promise<PersonalValue> {
    if (!row.sealed[field]) return { face: 'empty' };
    const value = await this.gate.open(reader, cellOf(row, field));
    return { face: 'plain', value: value.reveal(reader.purpose) };
  }
}

function policyOf({ fields }: Register, field: ContactField) {
  return fields.find((policy) => policy.field === codeOf(field));
}

/** A bulk reveal is about one field of contacts. */
function fieldOf({ kind, fields }: ApprovalRow): ContactField {
  const field = kind === 'bulk-reveal' && fields.length === 1 ? contactField(fields[0]!) : undefined;
  if (!field) throw contactErrors.approvalUnfit();
  return field;
}

/** Own work is its own reason; everything else names one, and `other` says what it is. */
function reasonOf({ reason, note, conversationId }: RevealWish, isReason: boolean): ReadReason {
  const code = reason ?? (isReason ? 'conversation' : undefined);
  if (code === undefined) throw contactErrors.reasonMissing();
  const text = note?.trim() ?? '';
  if (code === 'other' && text === '') throw contactErrors.noteMissing();
  if (text !== '') return { code, note: text };
  return conversationId === undefined ? { code } : { code, note: `conversation:${conversationId}` };
}
