import type { PersonalValue } from '@libs/contracts';
import type { Step } from '@libs/database';
import { UnexpectedError } from '@libs/kernel';
import {
  type FaceDecision,
  type FieldCode,
  faceFor,
  fieldDefinition,
  type Ground,
  type LawfulBasis,
  mask,
  Pii,
  type Purpose,
  type Register,
  type Tier,
  type Visibility,
  type WithheldReason,
} from '@libs/privacy-core';
import type { Closed, FieldCipher, KeyWish } from '../cipher/field-cipher.js';
import { purposeWatch } from '../cipher/purpose-watch.js';
import { groundRefused } from '../consent/consent.errors.js';
import type { ConsentBook } from '../consent/consent-book.js';
import type { SettledConsents } from '../consent/settled-consents.js';
import { subjectErased } from '../key-ladder/key.service.js';
import type { RegisterBook } from '../register/register-book.js';
import { PersonalStep, type PersonalWrite } from './personal-step.js';
import type { PersonalCell, ReadAccounting, Reader, ReadNote, UsedGround } from './reader.js';

/** What the gate works with. */
export interface GateParts {
  readonly registers: RegisterBook;
  readonly consents: ConsentBook;
  readonly cipher: FieldCipher;
  readonly accounts: ReadAccounting;
  /** Refuses while this process does not know what was withdrawn lately. */
  readonly feed: { assertFresh(): void };
}

/** A field that may not be processed. */
export interface RefusedField {
  readonly field: FieldCode;
  readonly reason: WithheldReason;
}

/** How fields of one person may show themselves. */
export type FieldDecisions = ReadonlyMap<FieldCode, FaceDecision>;

/** A cell with what was decided about it. */
interface JudgedCell {
  readonly cell: PersonalCell;
  readonly code: FieldCode;
  readonly tier: Tier;
  readonly decision: FaceDecision;
  /** Where consent is not why it may be used. */
  readonly basis: LawfulBasis | undefined;
  /** When the person said so, where that is why. */
  readonly at: number | null;
}

/** A cell that was shown, in plain or as a mask. */
type ShownCell = JudgedCell & { readonly plain: boolean };

/** What the cells of one read are decided by. */
interface Look {
  readonly consents: SettledConsents;
  readonly purpose: Purpose;
  readonly role: string;
  readonly policies: ReadonlyMap<FieldCode, Policy>;
}

interface Policy {
  readonly tier: Tier;
  readonly roles: Readonly<Record<string, Visibility>>;
}

const NOBODY: Closed = new Set();

/**
 * The one door between personal values and whoever reads or writes them (design 1.3). It decides before it opens: a
 * withheld value is never decrypted. Masks are made here, so what leaves is no more than a screen may show.
 */
export class PersonalGate {
  private readonly writes: PersonalStep;
  private readonly policies = new WeakMap<Register, ReadonlyMap<FieldCode, Policy>>();

  constructor(private readonly parts: GateParts) {
    this.writes = new PersonalStep(parts.registers);
  }

  /** The faces of all cells, in their order; sensitive ones, and uses without consent, are accounted. One look at the keys for all of them. */
  async faces(
    reader: Reader,
    rows: readonly (readonly PersonalCell[])[],
  ): Promise<readonly (readonly PersonalValue[])[]> {
    const { tenantId, role, purpose } = this.admitted(reader);
    await this.parts.accounts.room();
    const consents = await this.parts.consents.settled(tenantId, peopleOf(rows));
    const look: Look = { consents, purpose, role, policies: this.policiesOf(consents.register) };
    const decided = rows.map((row) => row.map((cell) => decide(look, cell)));
    const closed = await this.loadKeys(tenantId, decided);
    const faces = decided.map((row) => row.map((one) => this.face(reader, one, closed)));
    this.account(reader, consents.register, shownCells(decided, faces));
    return faces;
  }

  /** One value in plain, for a reveal: the mask does not count, the ground does. The caller accounts before it answers. */
  async open(reader: Reader, cell: PersonalCell): Promise<Pii<string>> {
    const { tenantId, purpose } = this.admitted(reader);
    const consents = await this.parts.consents.settled(tenantId, [cell.subjectId]);
    const ground = consents.ground(purpose, codeOf(cell), cell.subjectId);
    if (!ground.allowed) throw groundRefused(ground, codeOf(cell));
    if (cell.sealed === null) return new Pii('', purpose);
    const { subjectId, spec, row, sealed } = cell;
    const { cipher, accounts } = this.parts;
    const closed = await cipher.loadAvailable(tenantId, [{ subjectId, group: spec.group }]);
    if (closed.has(subjectId)) throw subjectErased();
    const value = new Pii(cipher.open(tenantId, subjectId, spec, row, sealed, purpose), purpose);
    const used = usedGround(consents.register, purpose);
    if (used) accounts.note({ reader, subjects: [subjectId], fields: [codeOf(cell)], masked: 0, ground: used });
    return value;
  }

  /** The rule's answer about each of `fields` of one person, to be used at once. */
  async grounds<F extends FieldCode>(
    tenantId: string,
    purpose: Purpose,
    subjectId: string,
    fields: readonly F[],
  ): Promise<ReadonlyMap<F, Ground>> {
    purposeWatch.assertPurpose(purpose);
    const consents = await this.parts.consents.settled(tenantId, [subjectId]);
    return new Map(fields.map((field) => [field, consents.ground(purpose, field, subjectId)]));
  }

  /** How each of `fields` of these people may show itself to a role: for readers that open their values themselves. */
  async decisions(
    { tenantId, role, purpose }: Pick<Reader, 'tenantId' | 'role' | 'purpose'>,
    subjectIds: readonly string[],
    fields: readonly FieldCode[],
  ): Promise<ReadonlyMap<string, FieldDecisions>> {
    purposeWatch.assertPurpose(purpose);
    const consents = await this.parts.consents.settled(tenantId, subjectIds);
    const policies = this.policiesOf(consents.register);
    const face = (subjectId: string, field: FieldCode): FaceDecision =>
      faceFor(consents.ground(purpose, field, subjectId), visibilityOf(policies.get(field), role));
    return new Map(subjectIds.map((id) => [id, new Map(fields.map((field) => [field, face(id, field)]))]));
  }

  /** What a role sees of a field, by the register this process knew last; nothing where it knows none. */
  visibility(tenantId: string, field: FieldCode, role: string): Visibility {
    const known = this.parts.registers.lately(tenantId);
    return known ? visibilityOf(this.policiesOf(known.register).get(field), role) : 'none';
  }

  /** Reads what many people decided at once, so that what is asked about each of them then is in memory. */
  load(tenantId: string, subjectIds: readonly string[]): Promise<void> {
    return this.parts.consents.load(tenantId, subjectIds);
  }

  /** Those of `fields` that may not be written or read for `purpose`, each with its reason (P-0112). */
  async refused(
    tenantId: string,
    purpose: Purpose,
    subjectId: string,
    fields: readonly FieldCode[],
  ): Promise<readonly RefusedField[]> {
    const grounds = await this.grounds(tenantId, purpose, subjectId, fields);
    const refused: RefusedField[] = [];
    for (const [field, ground] of grounds) if (!ground.allowed) refused.push({ field, reason: ground.reason });
    return refused;
  }

  /** The same rule inside the commit, under the lock of the person's row. */
  step(write: PersonalWrite): Step {
    purposeWatch.assertPurpose(write.purpose);
    return this.writes.step(write);
  }

  private admitted(reader: Reader): Reader {
    purposeWatch.assertPurpose(reader.purpose);
    this.parts.feed.assertFresh();
    return reader;
  }

  /** Keys of what will be opened, and only of that. Answers who cannot be opened because the person is erased. */
  private async loadKeys(tenantId: string, decided: readonly (readonly JudgedCell[])[]): Promise<Closed> {
    const wishes: KeyWish[] = [];
    for (const row of decided) {
      for (const { cell, decision } of row) {
        if (cell.sealed === null || !opens(decision)) continue;
        const { subjectId, spec } = cell;
        const last = wishes.at(-1);
        // A person's columns lie side by side, most of them in one group.
        if (last?.subjectId !== subjectId || last.group !== spec.group) wishes.push({ subjectId, group: spec.group });
      }
    }
    return wishes.length === 0 ? NOBODY : this.parts.cipher.loadAvailable(tenantId, wishes);
  }

  private face({ tenantId, purpose }: Reader, one: JudgedCell, closed: ReadonlySet<string>): PersonalValue {
    const { cell, code, decision, at } = one;
    if (decision.face === 'withheld') return { face: 'withheld', reason: decision.reason, at };
    if (decision.face === 'no-permission') return { face: 'no-permission' };
    const { subjectId, spec, row, sealed } = cell;
    if (sealed === null || closed.has(subjectId)) return { face: 'empty' };
    const value = this.parts.cipher.open(tenantId, subjectId, spec, row, sealed, purpose);
    if (decision.face === 'plain') return { face: 'plain', value };
    return { face: 'masked', value: mask(fieldDefinition(code)?.mask ?? 'none', value) };
  }

  private account(reader: Reader, register: Register, shown: readonly ShownCell[]): void {
    const { accounts } = this.parts;
    const sensitive = shown.filter(({ tier }) => tier === 'T3');
    if (sensitive.length > 0) accounts.note({ reader, ...noteOf(sensitive) });
    // All cells of one purpose rest on the ground of its one function.
    const free = shown.filter(({ basis }) => basis !== undefined);
    const ground = free.length > 0 ? usedGround(register, reader.purpose) : undefined;
    if (ground) accounts.note({ reader, ...noteOf(free), ground });
  }

  private policiesOf(register: Register): ReadonlyMap<FieldCode, Policy> {
    let policies = this.policies.get(register);
    if (!policies) {
      policies = new Map(register.fields.map(({ field, tier, roles }) => [field, { tier, roles }]));
      this.policies.set(register, policies);
    }
    return policies;
  }
}

/** Whose cells these are, each person once. */
function peopleOf(rows: readonly (readonly PersonalCell[])[]): readonly string[] {
  const people = new Set<string>();
  for (const row of rows) for (const { subjectId } of row) people.add(subjectId);
  return [...people];
}

function decide({ consents, purpose, role, policies }: Look, cell: PersonalCell): JudgedCell {
  const code = codeOf(cell);
  const policy = policies.get(code);
  const ground = consents.ground(purpose, code, cell.subjectId);
  const decision = faceFor(ground, visibilityOf(policy, role));
  const at = ground.allowed || ground.scope === null ? null : saidAt(consents, cell.subjectId, ground.scope);
  return { cell, code, tier: policy?.tier ?? 'T3', decision, basis: otherBasis(ground), at };
}

/** The ground of a use without consent. */
function otherBasis(ground: Ground): LawfulBasis | undefined {
  return ground.allowed && ground.basis !== 'L-CONSENT' ? ground.basis : undefined;
}

/** What a function rests on where that is not consent: each use of it is accounted (P-0111). */
export function usedGround({ activities }: Register, purpose: Purpose): UsedGround | undefined {
  const activity = activities.find((one) => one.purpose === purpose);
  if (!activity || activity.basis === 'L-CONSENT') return undefined;
  return { basis: activity.basis, note: activity.basisNote };
}

function saidAt(consents: SettledConsents, subjectId: string, scope: string): number | null {
  return consents.person(subjectId).own.get(scope)?.at ?? null;
}

/** A role that the register does not list sees nothing. */
function visibilityOf(policy: Policy | undefined, role: string): Visibility {
  return policy && Object.hasOwn(policy.roles, role) ? policy.roles[role]! : 'none';
}

/** The cells that need an account where they were shown; none for ordinary values by consent. */
function shownCells(
  decided: readonly (readonly JudgedCell[])[],
  faces: readonly (readonly PersonalValue[])[],
): readonly ShownCell[] {
  const shown: ShownCell[] = [];
  for (const [at, row] of decided.entries()) {
    for (const [column, one] of row.entries()) {
      if (one.tier !== 'T3' && one.basis === undefined) continue;
      const { face } = faces[at]![column]!;
      if (face === 'plain' || face === 'masked') shown.push({ ...one, plain: face === 'plain' });
    }
  }
  return shown;
}

function noteOf(shown: readonly ShownCell[]): Pick<ReadNote, 'subjects' | 'fields' | 'masked'> {
  const plain = shown.filter((one) => one.plain);
  return {
    subjects: [...new Set(plain.map(({ cell }) => cell.subjectId))],
    fields: [...new Set(shown.map(({ code }) => code))],
    masked: shown.length - plain.length,
  };
}

function opens({ face }: FaceDecision): boolean {
  return face === 'plain' || face === 'masked';
}

function codeOf({ spec }: PersonalCell): FieldCode {
  if (spec.code !== undefined) return spec.code;
  throw new UnexpectedError('privacy.field-undeclared', `The column ${spec.label} is no field of the register`);
}
