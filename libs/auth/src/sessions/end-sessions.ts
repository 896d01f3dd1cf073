import { forUpdate, type Work } from '@libs/database';
import { announce, type Invalidation } from '@libs/events';

/** Whose sessions end, and which one does not: the one that asks for it. */
export interface EndedSessions {
  readonly tenantId: string;
  readonly memberId: string;
  readonly keep?: string | undefined;
}

/** Ends the sessions of a member inside `work`; answers what other processes are told, for this one to forget as well. */
export async function endSessions(
  { tx, record }: Work,
  { tenantId, memberId, keep }: EndedSessions,
  times: { readonly now: number },
): Promise<readonly Invalidation[]> {
  // The lock that a session being opened takes as well: it is either seen here or opened after us.
  const [member] = await tx.all<{ subject_id: string }>(
    `SELECT subject_id FROM auth_member WHERE tenant_id = ? AND id = ?${forUpdate(tx)}`,
    [tenantId, memberId],
  );
  const open = 'tenant_id = ? AND member_id = ? AND revoked_at IS NULL AND id <> ?';
  const place = [tenantId, memberId, keep ?? ''];
  const rows =
    keep === undefined ? [] : await tx.all<{ id: string }>(`SELECT id FROM auth_session WHERE ${open}`, place);
  await tx.run(`UPDATE auth_session SET revoked_at = ? WHERE ${open}`, [times.now, ...place]);
  // All of a member are told by its id; where one stays, each of the others by its own.
  const refs = keep === undefined ? [memberId] : rows.map(({ id }) => id);
  const told = refs.map((ref) => ({ kind: 'session', tenantId, ref }) as const);
  for (const row of told) await announce(tx, row);
  record(
    {
      kind: 'account.signed-out.v1',
      subjectId: member?.subject_id ?? null,
      resource: `member:${memberId}`,
      fields: 'revoked_at',
      commitment: null,
    },
    tenantId,
  );
  return told;
}
