import type { Committer, Database, Work, WriteSet } from '@libs/database';
import { type Clock, Gatherer, isId, newId, OperationalError } from '@libs/kernel';
import type { FieldCode } from '@libs/privacy-core';
import type { ReadAccounting, Reader, ReadNote, UsedGround } from '../personal/reader.js';
import { type AccountedPage, accountsOf } from './accounts-of.js';
import { joinRanges, placeOf } from './read-range.js';
import { type ReadItem, readStep } from './read-step.js';
import type { TenantText } from './tenant-text.js';

/** Accounts that may wait; beyond it reads wait too, and nothing is dropped. */
const MOST_WAITING = 5000;
/** People of one account, so that its rows stay one short statement or two. */
const MOST_PEOPLE = 500;
/** Why a value was revealed: a word of a closed list, and for `other` a text. */
export interface ReadReason {
  readonly code: string;
  readonly note?: string;
}

/** How long a value that was revealed stays on the screen, ms. */
export const REVEALED_MS = 60_000;

/** The reason as it is kept; undefined where `other` does not say what it is. */
export function readReason(code: string, note: string | undefined): ReadReason | undefined {
  const text = note?.trim() ?? '';
  if (text !== '') return { code, note: text };
  return code === 'other' ? undefined : { code };
}

/** What accounting needs from its process. */
export interface ReadAccountsPorts {
  readonly committer: Pick<Committer, 'submit'>;
  readonly database: Pick<Database, 'reader'>;
  readonly text: TenantText;
  readonly clock: Clock;
  /** Accounts could not be written; they stay and are tried again. */
  onError(error: unknown): void;
}

/** An account that may still grow. */
interface Gathering {
  readonly id: string;
  readonly at: number;
  readonly reader: Reader;
  readonly ground: UsedGround | undefined;
  range: string;
  readonly subjects: Set<string>;
  readonly fields: Set<FieldCode>;
  masked: number;
}

/**
 * Accounts for reads of sensitive data (P-1010, P-0404): one journal entry per request with range, fields and purpose,
 * and one row per person who was shown in plain; the same for each use without consent (P-0111). Gathered in memory and
 * written beside the read, so that nobody waits for it; what gathered in the last 200 ms dies with a killed process. A
 * reveal is written before it answers.
 */
export class ReadAccounts implements ReadAccounting {
  private waiting: Gathering[] = [];
  private readonly open = new Map<string, Gathering>();
  private readonly gatherer = new Gatherer({
    most: MOST_WAITING,
    waiting: () => this.waiting.length,
    write: () => this.writeAll(),
  });

  constructor(private readonly ports: ReadAccountsPorts) {}

  /** Resolves when the queue has room; reads ask before they show anything. Undefined = there is room. */
  room(): Promise<void> | undefined {
    return this.gatherer.room();
  }

  /** Notes a read. Reads of one request and place within the gathering time are one account. */
  note({ reader, subjects, fields, masked, ground }: ReadNote): void {
    if (subjects.length === 0 && masked === 0) return;
    const key = keyOf(reader, ground);
    const known = this.open.get(key);
    const range = known && joinRanges(known.range, reader.range);
    if (known && range !== undefined && known.subjects.size + subjects.length <= MOST_PEOPLE) {
      known.range = range;
      known.masked += masked;
      for (const id of subjects) known.subjects.add(id);
      for (const field of fields) known.fields.add(field);
    } else {
      const at = this.ports.clock.now();
      const made: Gathering = {
        ...{ id: newId(at), at, reader, ground, range: reader.range, masked },
        ...{ subjects: new Set(subjects), fields: new Set(fields) },
      };
      this.open.set(key, made);
      this.waiting.push(made);
    }
    this.gatherer.arm();
  }

  /** Accounts for a reveal: resolves when it is durable, rejects where it cannot be; then nothing may be shown. */
  async noteNow(note: ReadNote, reason?: ReadReason): Promise<void> {
    const at = this.ports.clock.now();
    const id = newId(at);
    const place = { tenantId: note.reader.tenantId, table: 'privacy_read_entry', column: 'note_sealed', row: id };
    const sealed = reason?.note ? await this.ports.text.seal(place, reason.note) : null;
    await this.ports.committer.submit(
      writeSetOf(note.reader, revealOf(note, { id, at }, reason?.code ?? null, sealed)),
    );
  }

  /** Accounts for a reveal in the unit of work of what allowed it: both are written, or neither. */
  async noteWithin({ tx, record }: Work, note: ReadNote, reason: string): Promise<void> {
    const at = this.ports.clock.now();
    const item = revealOf(note, { id: newId(at), at }, reason, null);
    const set = writeSetOf(note.reader, item);
    const batch = await readStep.load(tx, [{ item, set }]);
    readStep.apply(batch, { item, set });
    await readStep.write(tx, batch);
    for (const entry of set.journal) record(entry);
  }

  /** Who has seen a person's data, or that of somebody linked with them; newest first. */
  of(tenantId: string, subjectId: string, cursor?: string): Promise<AccountedPage> {
    return accountsOf(this.ports, tenantId, subjectId, cursor);
  }

  /** Writes everything that waits now. */
  flush(): Promise<void> {
    return this.gatherer.flush();
  }

  /** Writes the rest; throws when the database will not have it. */
  async close(): Promise<void> {
    const lost = await this.gatherer.close();
    if (lost > 0) throw new OperationalError('privacy.reads-not-written', `${lost} accounts of reads are lost`);
  }

  /** The committer tries a set that fails alone, so one account does not hold up the others. */
  private async writeAll(): Promise<boolean> {
    const batch = this.waiting;
    this.waiting = [];
    this.open.clear();
    const results = await Promise.allSettled(
      batch.map((one) => this.ports.committer.submit(writeSetOf(one.reader, itemOf(one)))),
    );
    const left = batch.filter((_, index) => results[index]!.status === 'rejected');
    if (left.length === 0) return true;
    this.waiting.unshift(...left);
    this.ports.onError(results.find((result) => result.status === 'rejected')?.reason);
    return false;
  }
}

function keyOf({ tenantId, memberId, purpose, correlationId, range }: Reader, ground: UsedGround | undefined): string {
  return `${tenantId}/${memberId}/${purpose}/${correlationId}/${ground?.basis ?? ''}/${placeOf(range)}`;
}

function itemOf({ id, at, reader, ground, range, subjects, fields, masked }: Gathering): ReadItem {
  const { memberId, role, purpose } = reader;
  return {
    ...{ id, at, memberId, role, purpose, masked, kind: ground ? 'ground' : 'read', basis: ground ?? null },
    ...{ fields: [...fields].join(','), place: range, reason: null, note: null, subjectIds: [...subjects] },
  };
}

function revealOf(
  { reader, subjects, fields, masked }: ReadNote,
  own: Pick<ReadItem, 'id' | 'at'>,
  reason: string | null,
  note: Buffer | null,
): ReadItem {
  return {
    ...{ ...own, memberId: reader.memberId, role: reader.role, purpose: reader.purpose, kind: 'reveal', basis: null },
    ...{ fields: [...new Set(fields)].join(','), place: reader.range, masked, reason, note },
    subjectIds: [...new Set(subjects)],
  };
}

const KINDS: Readonly<Record<ReadItem['kind'], string>> = {
  read: 'privacy.sensitive-read.v1',
  reveal: 'privacy.value-revealed.v1',
  ground: 'privacy.used-without-consent.v1',
};

/** Where nobody was shown in plain the journal entry says all there is to say. */
function writeSetOf({ tenantId, memberId, correlationId, purpose }: Reader, item: ReadItem): WriteSet {
  const { kind, fields, place, masked, subjectIds, basis } = item;
  return {
    ...{ tenantId, purpose, correlationId },
    actor: isId(memberId) ? { kind: 'member', id: memberId } : { kind: 'system', id: memberId },
    steps: subjectIds.length > 0 ? [readStep.step(item)] : [],
    journal: [
      {
        kind: KINDS[kind],
        subjectId: subjectIds.length === 1 ? subjectIds[0]! : null,
        ...{ resource: place, fields, commitment: null },
        detail: () => ({ people: subjectIds.length, masked, ...basis }),
      },
    ],
  };
}
