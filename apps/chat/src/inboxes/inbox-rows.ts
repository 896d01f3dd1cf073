import type { IdentityMode, InboxGap, InboxLocale, InboxState } from '@libs/contracts';
import type { SqlReader } from '@libs/database';
import { type InboxLook, inForce, type NoticeRow } from './inbox-directory.js';

/** A row of `chat_inbox`. */
export interface InboxRow {
  readonly id: string;
  readonly public_key: string;
  readonly name: string;
  readonly origins: string;
  readonly look: string;
  readonly active: number | string;
  readonly version: number | string;
  readonly ended_at: number | string | null;
  readonly attested_at: number | string | null;
  readonly identity_mode: IdentityMode;
  readonly business_contact: string;
  readonly complaint_contact: string;
}

/** An inbox as its tenant sees it. */
export interface InboxRecord {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly state: InboxState;
  readonly origins: readonly string[];
  readonly look: InboxLook;
  readonly contact: string;
  /** Where complaints go; empty = to the contact. */
  readonly complaintContact: string;
  readonly version: number;
  readonly attestedAt: number | null;
  readonly identityMode: IdentityMode;
  readonly notices: ReturnType<typeof inForce>;
}

const COLUMNS =
  'id, public_key, name, origins, look, active, version, ended_at, attested_at, identity_mode, business_contact, ' +
  'complaint_contact';

/** All inboxes of a tenant that were not ended, oldest first. */
export async function readInboxes(reader: SqlReader, tenantId: string): Promise<readonly InboxRecord[]> {
  const rows = await reader.all<InboxRow>(
    `SELECT ${COLUMNS} FROM chat_inbox WHERE tenant_id = ? AND ended_at IS NULL ORDER BY id`,
    [tenantId],
  );
  const notices = await reader.all<NoticeRow & { readonly inbox_id: string }>(
    'SELECT inbox_id, version, locale, hash, body FROM chat_notice WHERE tenant_id = ? ORDER BY inbox_id, version',
    [tenantId],
  );
  return rows.map((row) =>
    recordOf(
      row,
      notices.filter(({ inbox_id }) => inbox_id === row.id),
    ),
  );
}

/** One inbox, ended or not. */
export async function readInbox(reader: SqlReader, tenantId: string, id: string): Promise<InboxRecord | undefined> {
  const [row] = await reader.all<InboxRow>(`SELECT ${COLUMNS} FROM chat_inbox WHERE tenant_id = ? AND id = ?`, [
    tenantId,
    id,
  ]);
  if (!row) return undefined;
  const notices = await reader.all<NoticeRow>(
    'SELECT version, locale, hash, body FROM chat_notice WHERE tenant_id = ? AND inbox_id = ? ORDER BY version',
    [tenantId, id],
  );
  return recordOf(row, notices);
}

/** What is missing before the inbox can be in use, in the order of the wizard (P-0203, P-0204). */
export function gapsOf({ origins, look, contact, notices, attestedAt }: InboxRecord): readonly InboxGap[] {
  const gaps: InboxGap[] = [];
  if (origins.length === 0) gaps.push('origin');
  if (look.businessName === '' || contact === '') gaps.push('identity');
  if (look.locales.length === 0 || look.locales.some((locale: InboxLocale) => !notices[locale])) gaps.push('notice');
  if (attestedAt === null) gaps.push('attestation');
  return gaps;
}

/** Version of the notice in force. */
export function noticeVersionOf({ notices }: InboxRecord): number | null {
  const versions = Object.values(notices).map(({ version }) => version);
  return versions.length === 0 ? null : Math.max(...versions);
}

function recordOf(row: InboxRow, notices: readonly NoticeRow[]): InboxRecord {
  return {
    id: row.id,
    key: row.public_key,
    name: row.name,
    state: row.ended_at !== null ? 'ended' : Number(row.active) === 1 ? 'live' : 'draft',
    origins: row.origins.split('\n').filter(Boolean),
    look: JSON.parse(row.look) as InboxLook,
    contact: row.business_contact,
    complaintContact: row.complaint_contact,
    version: Number(row.version),
    attestedAt: row.attested_at === null ? null : Number(row.attested_at),
    identityMode: row.identity_mode,
    notices: inForce(notices),
  };
}
