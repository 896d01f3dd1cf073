import type { JournalEntry, SqlReader, Tx } from '@libs/database';
import { newId } from '@libs/kernel';

/** An erasure that waits, is under way or is over. */
export interface ErasureTask {
  readonly id: string;
  readonly state: 'waiting' | 'running' | 'done' | 'cancelled';
  readonly dueAt: number;
}

const COLUMNS = ['tenant_id', 'id', 'subject_id', 'state', 'queued_at', 'due_at', 'ended_at'];

/** The erasure of a person that is queued or under way. The caller has locked the person's row. */
export async function openTask(
  reader: SqlReader,
  tenantId: string,
  subjectId: string,
): Promise<ErasureTask | undefined> {
  const [row] = await reader.all<{ id: string; state: ErasureTask['state']; due_at: number | string }>(
    "SELECT id, state, due_at FROM privacy_erasure_task WHERE tenant_id = ? AND subject_id = ? AND state IN ('waiting', 'running')",
    [tenantId, subjectId],
  );
  return row && { id: row.id, state: row.state, dueAt: Number(row.due_at) };
}

/** Queues the erasure of a person, once; what waits already keeps its time. */
export async function queueErasure(
  tx: Tx,
  { tenantId, subjectId }: { readonly tenantId: string; readonly subjectId: string },
  { now, dueAt }: { readonly now: number; readonly dueAt: number },
): Promise<JournalEntry | undefined> {
  if (await openTask(tx, tenantId, subjectId)) return undefined;
  await tx.insert('privacy_erasure_task', COLUMNS, [[tenantId, newId(now), subjectId, 'waiting', now, dueAt, null]]);
  return {
    kind: 'privacy.erasure-queued.v1',
    subjectId,
    resource: `subject:${subjectId}`,
    fields: 'state',
    detail: () => ({ dueAt }),
    commitment: null,
  };
}

/** The person agreed again in time. */
export async function cancelErasure(
  tx: Tx,
  tenantId: string,
  subjectId: string,
  now: number,
): Promise<JournalEntry | undefined> {
  const ended = await tx.run(
    "UPDATE privacy_erasure_task SET state = 'cancelled', ended_at = ? WHERE tenant_id = ? AND subject_id = ? AND state = 'waiting'",
    [now, tenantId, subjectId],
  );
  if (ended === 0) return undefined;
  return {
    kind: 'privacy.erasure-cancelled.v1',
    subjectId,
    resource: `subject:${subjectId}`,
    fields: 'state',
    commitment: null,
  };
}
