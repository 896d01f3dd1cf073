import type { SqlRow } from '@libs/database';
import { field } from '@libs/privacy';
import type { MemberRole } from '../members/roles.js';

/** Where the address lies. */
export const INVITED_EMAIL = field('auth_invitation', 'email_sealed', 'contact', ['service-account', 'security']);

/** An invitation as it is stored. */
export interface StoredInvitation {
  readonly id: string;
  readonly subjectId: string;
  readonly emailSealed: Buffer | null;
  readonly tokenIndex: string;
  readonly role: MemberRole;
  readonly invitedBy: string;
  readonly state: 'open' | 'accepted' | 'ended';
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly version: number;
}

/** Columns that `invitationOf` reads. */
export const INVITATION_COLUMNS =
  'id, subject_id, email_sealed, token_index, role, invited_by, state, created_at, expires_at, version';

/** A row of `INVITATION_COLUMNS` as an invitation; its e-mail stays sealed. */
export function invitationOf(row: SqlRow): StoredInvitation {
  return {
    id: String(row.id),
    subjectId: String(row.subject_id),
    // libsql answers blobs as ArrayBuffer.
    emailSealed: row.email_sealed === null ? null : Buffer.from(row.email_sealed as Buffer),
    tokenIndex: String(row.token_index),
    role: String(row.role) as MemberRole,
    invitedBy: String(row.invited_by),
    state: String(row.state) as StoredInvitation['state'],
    createdAt: Number(row.created_at),
    expiresAt: Number(row.expires_at),
    version: Number(row.version),
  };
}
