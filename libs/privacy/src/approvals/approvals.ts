import type { Database, JournalEntry, Tx, UnitOfWork, Work } from '@libs/database';
import { AppError, type Clock, newId } from '@libs/kernel';
import { type FieldCode, fieldDefinition, type Loosening } from '@libs/privacy-core';
import { inTenant } from '../in-tenant.js';
import { NOTE_LENGTH, type TenantText } from '../reads/tenant-text.js';
import type { Who } from '../register/register-version.js';
import {
  approvalDecided,
  approvalExpired,
  approvalInvalid,
  approvalNotFound,
  approvalNotYours,
  approvalRequired,
  approvalUsed,
  DeciderGone,
  selfApproval,
  subjectNotFound,
} from './approval.errors.js';
import { revealHash } from './approval-content.js';
import {
  type ApprovalKind,
  type ApprovalState,
  countLive,
  findApproval,
  insertApproval,
  newestApprovals,
  type Proposal,
  peopleOf,
  type StoredApproval,
  subjectsOf,
} from './approval-rows.js';

const VALID_MS = 24 * 3_600_000;
const MOST_LISTED = 100;
/** People of one bulk reveal. */
const MOST_PEOPLE = 500;

/** What a member asks for. */
export interface ApprovalAsk {
  readonly kind: ApprovalKind;
  readonly fields: readonly FieldCode[];
  /** Whose values, for a bulk reveal. */
  readonly subjectIds?: readonly string[];
  /** `looseningHash` of the new register, for `loosen-fields`. */
  readonly contentHash?: string;
  /** What the new register shows more of, for `loosen-fields`: who decides has to see it. */
  readonly changes?: readonly Loosening[];
  /** The new register itself, for `loosen-fields`: with it the change can be looked at and applied from any page. */
  readonly proposal?: Proposal;
  /** At most 200 characters. */
  readonly reason: string;
}

/** An approval with its state at this moment. */
export interface ApprovalRow extends Omit<StoredApproval, 'state' | 'reasonSealed'> {
  readonly state: ApprovalState;
  /** Empty where a person it concerned was erased. */
  readonly reason: string;
}

/** What an act wants to use an approval for. */
export interface ApprovalUse {
  readonly kind: ApprovalKind;
  /** The version that is changed: a proposal was made over one, and undoes nothing that came after it. */
  readonly baseVersion?: number;
  /** Needed for `loosen-fields`. The people and fields of a bulk reveal are those of the approval itself. */
  readonly contentHash?: string;
}

/** An approval that was just used, with the people it concerns. */
export interface UsedApproval extends Omit<ApprovalRow, 'reason'> {
  readonly subjectIds: readonly string[];
}

/** What approvals need. */
export interface ApprovalsPorts {
  readonly work: UnitOfWork;
  readonly database: Pick<Database, 'reader'>;
  readonly text: TenantText;
  readonly clock: Clock;
  /** Whether a member may be the second person now; read in the transaction. */
  readonly mayApprove: (tx: Tx, tenantId: string, memberId: string) => Promise<boolean>;
}

/**
 * What needs two people (P-1007): asked by one member, decided by another, bound to exactly its content, for 24 hours,
 * used once. Every step locks the row, so of two that come together one wins.
 */
export class Approvals {
  constructor(private readonly ports: ApprovalsPorts) {}

  /** Asks. Nobody is told yet what the values are. */
  async request(who: Who, ask: ApprovalAsk): Promise<ApprovalRow> {
    const { tenantId, memberId } = who;
    const subjectIds = [...new Set(ask.subjectIds ?? [])];
    const contentHash = checkedContent(ask, subjectIds);
    const now = this.ports.clock.now();
    const id = newId(now);
    const made: StoredApproval = {
      ...{ id, kind: ask.kind, state: 'pending', fields: [...new Set(ask.fields)], people: subjectIds.length },
      ...{
        contentHash,
        changes: ask.changes ?? [],
        proposal: ask.proposal ?? null,
        reasonSealed: await this.ports.text.seal(placeOf(tenantId, id), ask.reason.trim()),
      },
      ...{ requestedBy: memberId, requestedAt: now, expiresAt: now + VALID_MS },
      ...{ decidedBy: null, decidedAt: null, usedAt: null },
    };
    await this.run(who, async (work) => {
      if ((await countLive(work.tx, tenantId, subjectIds)) !== subjectIds.length) throw subjectNotFound();
      await insertApproval(work.tx, tenantId, made, subjectIds);
      work.record(entryOf(made, 'requested'));
    });
    return this.rowOf(tenantId, made);
  }

  /** Another member says yes or no, once and in time. */
  async decide(who: Who, id: string, decision: 'approve' | 'refuse'): Promise<ApprovalRow> {
    const state = decision === 'approve' ? 'approved' : 'refused';
    await this.run(who, async (work) => {
      const found = await this.locked(work, who, id);
      if (found.requestedBy === who.memberId) throw selfApproval();
      this.assertOpen(found, ['pending']);
      await work.tx.run(
        'UPDATE privacy_approval SET state = ?, decided_by = ?, decided_at = ? WHERE tenant_id = ? AND id = ?',
        [state, who.memberId, this.ports.clock.now(), who.tenantId, id],
      );
      work.record(entryOf(found, state));
    });
    return this.find(who.tenantId, id);
  }

  /** Who asked takes it back, decided or not, as long as it was not used. */
  async cancel(who: Who, id: string): Promise<ApprovalRow> {
    await this.run(who, async (work) => {
      const found = await this.locked(work, who, id);
      if (found.requestedBy !== who.memberId) throw approvalNotYours();
      this.assertOpen(found, ['pending', 'approved']);
      await setCancelled(work, who, found);
    });
    return this.find(who.tenantId, id);
  }

  /** The newest hundred, of everybody or of one member. */
  async list(tenantId: string, only: { readonly requestedBy?: string } = {}): Promise<readonly ApprovalRow[]> {
    const { reader } = this.ports.database;
    const found = await inTenant(tenantId, () => newestApprovals(reader, tenantId, { ...only, most: MOST_LISTED }));
    return Promise.all(found.map((one) => this.rowOf(tenantId, one)));
  }

  /** Whom each of these concerns, for who decides; at most as many as are listed. */
  people(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    return inTenant(tenantId, () => peopleOf(this.ports.database.reader, tenantId, ids));
  }

  /** One of them; 404 for one that is nowhere, or elsewhere. */
  async find(tenantId: string, id: string): Promise<ApprovalRow> {
    const found = await inTenant(tenantId, () => findApproval(this.ports.database.reader, tenantId, id));
    if (!found) throw approvalNotFound();
    return this.rowOf(tenantId, found);
  }

  /**
   * Runs `act`, which has a unit of work that uses the approval. Where who agreed has left or may not agree any more, the
   * act is refused and, as it leaves nothing behind, the approval is cancelled after it: it does not come back to life.
   */
  async within<T>(who: Who, id: string, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (error instanceof DeciderGone) await this.void(who, id);
      throw error;
    }
  }

  /** Whom it concerns, where it could be used now; `use` decides. For what has to be prepared before the act. */
  async peek(who: Who, id: string, act: ApprovalUse): Promise<readonly string[]> {
    const { tenantId } = who;
    const { reader } = this.ports.database;
    const found = await inTenant(tenantId, () => findApproval(reader, tenantId, id));
    if (!found) throw approvalNotFound();
    this.assertUsable(found, who, act);
    return inTenant(tenantId, () => subjectsOf(reader, tenantId, id));
  }

  /**
   * Uses it, in the unit of work of the act that needed it: both happen or neither. Answers whom it concerns; those who
   * were erased since are not among them.
   */
  async use(work: Work, who: Who, id: string, act: ApprovalUse): Promise<UsedApproval> {
    const found = await this.locked(work, who, id);
    this.assertUsable(found, who, act);
    if (!(await this.isAgreed(work.tx, who, found))) throw new DeciderGone();
    const usedAt = this.ports.clock.now();
    await work.tx.run("UPDATE privacy_approval SET state = 'used', used_at = ? WHERE tenant_id = ? AND id = ?", [
      usedAt,
      who.tenantId,
      id,
    ]);
    work.record(entryOf(found, 'used'));
    const subjectIds = await subjectsOf(work.tx, who.tenantId, id);
    const { reasonSealed: _sealed, ...row } = found;
    return { ...row, state: 'used', usedAt, subjectIds };
  }

  private async void(who: Who, id: string): Promise<void> {
    await this.run(who, async (work) => {
      const found = await this.locked(work, who, id);
      if (found.state !== 'approved' || (await this.isAgreed(work.tx, who, found))) return;
      await setCancelled(work, who, found);
    });
  }

  private async isAgreed(tx: Tx, { tenantId }: Who, { decidedBy }: StoredApproval): Promise<boolean> {
    return decidedBy !== null && this.ports.mayApprove(tx, tenantId, decidedBy);
  }

  private async locked({ tx }: Work, { tenantId }: Who, id: string): Promise<StoredApproval> {
    const found = await findApproval(tx, tenantId, id, true);
    if (!found) throw approvalNotFound();
    return found;
  }

  private assertUsable(found: StoredApproval, who: Who, act: ApprovalUse): void {
    if (!fits(found, who, act)) throw approvalRequired();
    if (found.state === 'used') throw approvalUsed();
    if (found.expiresAt <= this.ports.clock.now()) throw approvalExpired();
    if (found.state !== 'approved') throw approvalRequired();
  }

  private assertOpen({ state, expiresAt }: StoredApproval, open: readonly StoredApproval['state'][]): void {
    if (!open.includes(state)) throw state === 'used' ? approvalUsed() : approvalDecided();
    if (expiresAt <= this.ports.clock.now()) throw approvalExpired();
  }

  private async rowOf(tenantId: string, { reasonSealed, ...stored }: StoredApproval): Promise<ApprovalRow> {
    const reason = reasonSealed
      ? await this.ports.text.open(placeOf(tenantId, stored.id), reasonSealed).catch(unlessGone)
      : '';
    const isOpen = stored.state === 'pending' || stored.state === 'approved';
    const expired = isOpen && stored.expiresAt <= this.ports.clock.now();
    return { ...stored, reason, state: expired ? 'expired' : stored.state };
  }

  private run<T>({ tenantId, memberId, correlationId }: Who, work: (work: Work) => Promise<T>): Promise<T> {
    const actor = { kind: 'member', id: memberId } as const;
    return this.ports.work.run({ tenantId, actor, purpose: 'security', correlationId }, work);
  }
}

async function setCancelled({ tx, record }: Work, { tenantId }: Who, found: StoredApproval): Promise<void> {
  await tx.run("UPDATE privacy_approval SET state = 'cancelled' WHERE tenant_id = ? AND id = ?", [tenantId, found.id]);
  record(entryOf(found, 'cancelled'));
}

/** The hash of what is asked for; 422 for what nobody could decide about. */
function checkedContent(
  { kind, fields, contentHash, changes = [], proposal, reason }: ApprovalAsk,
  subjectIds: readonly string[],
): string {
  const length = reason.trim().length;
  if (length === 0 || length > NOTE_LENGTH) throw approvalInvalid(`A reason has 1 to ${NOTE_LENGTH} characters.`);
  if (fields.length === 0 || !fields.every((field) => fieldDefinition(field))) {
    throw approvalInvalid('Name the fields, each by its code.');
  }
  if (kind === 'bulk-reveal') {
    if (changes.length > 0 || proposal) throw approvalInvalid('A bulk reveal loosens nothing.');
    if (subjectIds.length === 0 || subjectIds.length > MOST_PEOPLE) {
      throw approvalInvalid(`A bulk reveal concerns 1 to ${MOST_PEOPLE} people.`);
    }
    return revealHash(fields, subjectIds);
  }
  if (contentHash === undefined || changes.length === 0 || subjectIds.length > 0) {
    throw approvalInvalid('Name the register, what it loosens, and no people.');
  }
  return contentHash;
}

function fits(found: StoredApproval, who: Who, { kind, contentHash, baseVersion }: ApprovalUse): boolean {
  if (found.requestedBy !== who.memberId || found.kind !== kind) return false;
  if (found.proposal && found.proposal.baseVersion !== baseVersion) return false;
  return contentHash === undefined ? kind === 'bulk-reveal' : contentHash === found.contentHash;
}

function entryOf({ id, fields, people }: StoredApproval, act: JournalAct): JournalEntry {
  return {
    kind: KINDS[act],
    subjectId: null,
    resource: `approval:${id}`,
    fields: fields.join(','),
    detail: () => ({ people }),
    commitment: null,
  };
}

const KINDS = {
  requested: 'privacy.approval-requested.v1',
  approved: 'privacy.approval-approved.v1',
  refused: 'privacy.approval-refused.v1',
  cancelled: 'privacy.approval-cancelled.v1',
  used: 'privacy.approval-used.v1',
} as const;
type JournalAct = keyof typeof KINDS;

function placeOf(tenantId: string, row: string) {
  return { tenantId, table: 'privacy_approval', column: 'reason_sealed', row };
}

function unlessGone(error: unknown): string {
  if (error instanceof AppError && error.status === 410) return '';
  throw error;
}
