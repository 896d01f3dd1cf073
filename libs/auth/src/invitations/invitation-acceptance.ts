import { insertRow, type WriteSet } from '@libs/database';
import { newId } from '@libs/kernel';
import { commitment } from '@libs/privacy-core';
import type { Logins } from '../logins/logins.js';
import { DISPLAY_NAME } from '../members/member-names.js';
import type { KnownLogin } from '../members/staff-accounts.js';
import type { AuthPorts } from '../ports.js';
import type { StoredInvitation } from './invitation-rows.js';
import { invitationTake } from './invitation-take.js';
import type { Invitations } from './invitations.js';

const MEMBER_COLUMNS = ['id', 'subject_id', 'login_id', 'role', 'display_name_sealed', 'state', 'created_at'] as const;

/** A login that is made together with the member: its part of the one act. */
export interface LoginBirth {
  readonly login: KnownLogin;
  readonly set: Omit<WriteSet, 'along'>;
}

/** Who accepts, and the name to be seen by here. */
export interface Acceptance {
  readonly token: string;
  readonly name: string;
  readonly correlationId: string;
}

/** Makes a member of the invited person: the subject stays the one that was invited. */
export class InvitationAcceptance {
  constructor(
    private readonly ports: AuthPorts,
    private readonly invitations: Invitations,
    private readonly logins: Pick<Logins, 'proveEmail'>,
  ) {}

  /** With a login that exists, or one that `birth` makes in the same act: both or neither. Answers the member's tenant. */
  async accept(acceptance: Acceptance, by: KnownLogin | LoginBirth): Promise<{ tenantId: string; memberId: string }> {
    const { tenantId, invitation } = await this.invitations.look(acceptance.token);
    const birth = 'set' in by ? by : undefined;
    const login = 'set' in by ? by.login : by;
    const proven = birth ? undefined : await this.provenAddress(tenantId, invitation, acceptance.token);
    const now = this.ports.clock.now();
    const memberId = newId(now);
    const name = await this.sealName(tenantId, invitation, memberId, acceptance.name);
    const { role, id, subjectId, tokenIndex } = invitation;
    const values = [memberId, subjectId, login.id, role, name, 'active', now];
    await this.ports.committer.submit({
      ...{ tenantId, actor: { kind: 'member', id: memberId }, purpose: 'service-account' },
      correlationId: acceptance.correlationId,
      steps: [
        this.ports.subjects.step({ subjectId }),
        invitationTake.step({ id, tokenIndex, loginId: login.id, now }),
        insertRow.step({ table: 'auth_member', columns: MEMBER_COLUMNS, values }),
      ],
      journal: [
        {
          ...{ kind: 'account.invitation-accepted.v1', subjectId, resource: `invitation:${id}` },
          ...{ fields: 'state,email_sealed,email_index', commitment: null },
        },
        {
          ...{ kind: 'account.member-created.v1', subjectId, resource: `member:${memberId}` },
          ...{ fields: 'role,display_name_sealed', commitment: commitment(name) },
        },
      ],
      ...(birth ? { along: [birth.set] } : {}),
    });
    if (proven !== undefined) await this.logins.proveEmail(login, proven, acceptance.correlationId);
    return { tenantId, memberId };
  }

  /** The address that whoever accepts has read mail at; a login that is made for it says so itself. */
  private async provenAddress(tenantId: string, invitation: StoredInvitation, token: string) {
    if (!(await this.invitations.isFromLetter(tenantId, token))) return undefined;
    return this.invitations.emailOf(tenantId, invitation);
  }

  private async sealName(tenantId: string, { subjectId }: StoredInvitation, memberId: string, name: string) {
    await this.ports.cipher.load(tenantId, [subjectId], DISPLAY_NAME.group);
    return this.ports.cipher.seal(tenantId, subjectId, DISPLAY_NAME, memberId, name, 'service-account');
  }
}
