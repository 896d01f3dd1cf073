import type { InboxSecret } from '@libs/contracts';
import type { SqlReader } from '@libs/database';

/** A secret as it lies in the database. */
export interface SecretRow {
  readonly id: string;
  readonly sealed: Buffer | ArrayBuffer;
  readonly created_at: number | string;
  readonly expires_at: number | string | null;
}

/** Secrets that sign now, newest first. */
export async function readSecrets(
  reader: SqlReader,
  tenantId: string,
  inboxId: string,
  now: number,
): Promise<readonly SecretRow[]> {
  return reader.all<SecretRow>(
    'SELECT id, sealed, created_at, expires_at FROM chat_inbox_secret ' +
      'WHERE tenant_id = ? AND inbox_id = ? AND (expires_at IS NULL OR expires_at > ?) ORDER BY created_at DESC, id DESC',
    [tenantId, inboxId, now],
  );
}

/** The same for screens: when, never what. */
export async function liveSecrets(
  reader: SqlReader,
  tenantId: string,
  inboxId: string,
  now: number,
): Promise<readonly InboxSecret[]> {
  const rows = await readSecrets(reader, tenantId, inboxId, now);
  return rows.map(({ id, created_at: createdAt, expires_at: expiresAt }) => ({
    id,
    createdAt: Number(createdAt),
    expiresAt: expiresAt === null ? null : Number(expiresAt),
  }));
}
