import { chunks, type Placed, placeholders, type SqlValue, StepKind, type Tx } from '@libs/database';
import type { AppError } from '@libs/kernel';
import type { Purpose } from '@libs/privacy-core';
import type { UsedGround } from '../personal/reader.js';

/** One read as it is written. */
export interface ReadItem {
  readonly id: string;
  readonly at: number;
  readonly memberId: string;
  readonly role: string;
  readonly purpose: Purpose;
  readonly kind: 'read' | 'reveal' | 'ground';
  /** What a use without consent rests on. */
  readonly basis: UsedGround | null;
  readonly fields: string;
  readonly place: string;
  readonly masked: number;
  readonly reason: string | null;
  readonly note: Buffer | null;
  /** Shown in plain. */
  readonly subjectIds: readonly string[];
}

interface ReadBatch {
  readonly live: ReadonlySet<string>;
  readonly entries: SqlValue[][];
  readonly subjects: SqlValue[][];
}

const ENTRY = [
  ...['tenant_id', 'id', 'at', 'member_id', 'role', 'purpose', 'kind', 'fields', 'place', 'people', 'masked'],
  ...['reason', 'note_sealed', 'basis', 'basis_note'],
];
const SUBJECT = ['tenant_id', 'subject_id', 'entry_id'];

/** Writes accounts of reads. Somebody who was erased while the account waited is counted and not named. */
class ReadStep extends StepKind<ReadItem, ReadBatch> {
  readonly name = 'read';
  readonly order = 12;

  async load(tx: Tx, items: readonly Placed<ReadItem>[]): Promise<ReadBatch> {
    const wanted = new Map<string, Set<string>>();
    for (const { item, set } of items) {
      const ids = wanted.get(set.tenantId) ?? new Set();
      for (const id of item.subjectIds) ids.add(id);
      wanted.set(set.tenantId, ids);
    }
    const live = new Set<string>();
    const lock = tx.dialect === 'mariadb' ? ' LOCK IN SHARE MODE' : '';
    for (const tenantId of [...wanted.keys()].sort()) {
      for (const ids of chunks([...wanted.get(tenantId)!].sort())) {
        const rows = await tx.all<{ id: string }>(
          `SELECT id FROM privacy_data_subject WHERE tenant_id = ? AND id IN (${placeholders(ids.length)}) ` +
            `AND state <> 'erased' ORDER BY id${lock}`,
          [tenantId, ...ids],
        );
        for (const { id } of rows) live.add(`${tenantId}/${id}`);
      }
    }
    return { live, entries: [], subjects: [] };
  }

  decide(): AppError | undefined {
    return undefined;
  }

  apply({ live, entries, subjects }: ReadBatch, { item, set: { tenantId } }: Placed<ReadItem>): void {
    const { id, at, memberId, role, purpose, kind, fields, place, masked, reason, note, subjectIds, basis } = item;
    entries.push([
      ...[tenantId, id, at, memberId, role, purpose, kind, fields, place, subjectIds.length, masked],
      ...[reason, note, basis?.basis ?? null, basis?.note ?? null],
    ]);
    for (const subjectId of subjectIds) {
      if (live.has(`${tenantId}/${subjectId}`)) subjects.push([tenantId, subjectId, id]);
    }
  }

  async write(tx: Tx, { entries, subjects }: ReadBatch): Promise<void> {
    await tx.insert('privacy_read_entry', ENTRY, entries);
    await tx.insert('privacy_read_subject', SUBJECT, subjects);
  }
}

/** Step `read`: one row for the read, one for each person who was shown. */
export const readStep = new ReadStep();
