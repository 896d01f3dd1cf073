import { type Placed, placeholders, StepKind, type Tx } from '@libs/database';
import { type AppError, UnexpectedError } from '@libs/kernel';
import { type FieldCode, type Ground, groundFor, type Purpose, type Register } from '@libs/privacy-core';
import { groundRefused } from '../consent/consent.errors.js';
import { type Person, readPeople, withLinked } from '../consent/people.js';
import type { RegisterBook } from '../register/register-book.js';

/** A write of fields of one person. */
export interface PersonalWrite {
  readonly purpose: Purpose;
  readonly subjectId: string;
  readonly fields: readonly FieldCode[];
}

interface TenantPart {
  readonly register: Register;
  readonly people: ReadonlyMap<string, Person>;
}

type Refused = Extract<Ground, { allowed: false }>;
type PersonalBatch = Map<string, TenantPart>;

/**
 * The rule inside the commit: the rows of the person and of everybody linked are locked, then register and decisions are
 * read anew. What was allowed when the write was prepared may have been withdrawn since.
 */
export class PersonalStep extends StepKind<PersonalWrite, PersonalBatch> {
  readonly name = 'personal';
  readonly order = 12;

  constructor(private readonly registers: RegisterBook) {
    super();
  }

  async load(tx: Tx, items: readonly Placed<PersonalWrite>[]): Promise<PersonalBatch> {
    const wanted = new Map<string, string[]>();
    for (const { item, set } of items) {
      wanted.set(set.tenantId, [...(wanted.get(set.tenantId) ?? []), item.subjectId]);
    }
    const batch: PersonalBatch = new Map();
    for (const tenantId of [...wanted.keys()].sort()) {
      const subjectIds = [...new Set(wanted.get(tenantId))];
      await this.lock(tx, tenantId, subjectIds);
      const { register } = await this.registers.current(tx, tenantId);
      batch.set(tenantId, { register, people: await readPeople(tx, tenantId, subjectIds) });
    }
    return batch;
  }

  decide(batch: PersonalBatch, { item, set }: Placed<PersonalWrite>): AppError | undefined {
    const { register, people } = batch.get(set.tenantId)!;
    const person = people.get(item.subjectId);
    if (!person) return new UnexpectedError('privacy.person-not-read', 'A person was not read before the decision');
    const refused: [FieldCode, Refused][] = [];
    for (const field of item.fields) {
      const ground = groundFor(register, item.purpose, field, person.consents);
      if (!ground.allowed) refused.push([field, ground]);
    }
    if (refused.length === 0) return undefined;
    const fields = refused.map(([field]) => field).join(',');
    return groundRefused(worst(refused.map(([, ground]) => ground)), fields);
  }

  apply(): void {}

  write(): void {}

  /** Whoever decides takes the same lock for writing, so a decision comes before this commit or after it. */
  private async lock(tx: Tx, tenantId: string, subjectIds: readonly string[]): Promise<void> {
    if (tx.dialect !== 'mariadb') return;
    const ids = await withLinked(tx, tenantId, subjectIds);
    await tx.all(
      `SELECT id FROM privacy_data_subject WHERE tenant_id = ? AND id IN (${placeholders(ids.length)}) ORDER BY id LOCK IN SHARE MODE`,
      [tenantId, ...ids],
    );
  }
}

/** What speaks for several: first what no consent would change, last what needs agreeing to the present version only. */
function worst(refused: readonly Refused[]): Refused {
  const off = refused.find(({ reason }) => reason === 'purpose');
  return off ?? refused.find(({ reason }) => reason !== 'superseded') ?? refused[0]!;
}
