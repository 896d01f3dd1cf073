import type { Actor, WriteSet } from '@libs/database';
import { insertRow } from '@libs/database';
import { newId } from '@libs/kernel';
import { commitment } from '@libs/privacy-core';
import { DISPLAY_NAME } from '../members/member-names.js';
import type { MemberRole } from '../members/roles.js';
import type { AuthPorts } from '../ports.js';

/** Somebody who is to work in a tenant. */
export interface MemberDraft {
  readonly tenantId: string;
  readonly loginId: string;
  readonly role: MemberRole;
  readonly displayName: string;
}

/** A member that is ready to be written. */
export interface PreparedMember {
  readonly id: string;
  readonly subjectId: string;
  /** Of the member's tenant; a new login goes along with it. */
  readonly set: WriteSet;
}

const COLUMNS = ['id', 'subject_id', 'login_id', 'role', 'display_name_sealed', 'state', 'created_at'] as const;

/** Prepares members: keys first, then person and row in one write set. */
export class NewMembers {
  constructor(private readonly ports: AuthPorts) {}

  async prepare(
    { tenantId, loginId, role, displayName }: MemberDraft,
    how: { readonly actor?: Actor; readonly correlationId: string },
  ): Promise<PreparedMember> {
    const { cipher, clock, keys, subjects } = this.ports;
    const now = clock.now();
    const [id, subjectId] = [newId(now), newId(now)];
    await keys.create(tenantId, subjectId, [DISPLAY_NAME.group]);
    await cipher.load(tenantId, [subjectId], DISPLAY_NAME.group);
    const name = displayName.normalize('NFC').trim();
    const sealed = cipher.seal(tenantId, subjectId, DISPLAY_NAME, id, name, 'service-account');
    const values = [id, subjectId, loginId, role, sealed, 'active', now];
    const set: WriteSet = {
      ...{ tenantId, actor: how.actor ?? { kind: 'member', id }, purpose: 'service-account' },
      correlationId: how.correlationId,
      steps: [
        subjects.step({ subjectId, create: 'member' }),
        insertRow.step({ table: 'auth_member', columns: COLUMNS, values }),
      ],
      journal: [
        {
          kind: 'account.member-created.v1',
          subjectId,
          resource: `member:${id}`,
          fields: 'role,display_name_sealed',
          commitment: commitment(sealed),
        },
      ],
    };
    return { id, subjectId, set };
  }
}
