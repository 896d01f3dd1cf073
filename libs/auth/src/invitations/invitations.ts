import { forUpdate, type SqlRow, type SqlValue, type Tx, type Work } from '@libs/database';
import { newId } from '@libs/kernel';
import { blindIndex, commitment, mask } from '@libs/privacy-core';
import { inTenant } from '../in-tenant.js';
import type { ActingMember } from '../members/member-changes.js';
import { givingRefused, type RuledMember } from '../members/member-rules.js';
import type { MemberRole } from '../members/roles.js';
import type { StaffAccounts } from '../members/staff-accounts.js';
import type { AuthPorts } from '../ports.js';
import { invitationErrors } from './invitation.errors.js';
import { countInvitation } from './invitation-counts.js';
import { INVITATION_COLUMNS, INVITED_EMAIL, invitationOf, type StoredInvitation } from './invitation-rows.js';
import { bareToken, mailedToken, newInvitationToken, tenantOfToken } from './invitation-token.js';
import { invitedAddress } from './invited-address.js';

/** How long somebody may think about it. */
export const INVITATION_MS = 7 * 24 * 3_600_000;

/** An invitation in the list of members. */
export interface InvitationRow {
  readonly id: string;
  /** Masked: whoever invited knows it, and nobody else needs it. */
  readonly shownEmail: string;
  readonly role: MemberRole;
  readonly expiresAt: number;
  readonly version: number;
}

/** What was just made; the token is known now and never again. */
export interface SentInvitation {
  readonly id: string;
  readonly subjectId: string;
  readonly email: string;
  readonly token: string;
  readonly role: MemberRole;
  readonly expiresAt: number;
}

/** Asks people into a workspace: whom, by whom, and what becomes of it (design 1.1, decision 0007). */
export class Invitations {
  constructor(
    private readonly ports: AuthPorts,
    private readonly accounts: Pick<StaffAccounts, 'findLogin'>,
  ) {}

  /** Makes an invitation: the address becomes a data subject of the tenant, with the inviter as its source. */
  async invite(by: ActingMember, wish: { email: string; role: MemberRole }): Promise<SentInvitation> {
    const { tenantId } = by;
    const { role } = wish;
    const email = invitedAddress(wish.email);
    await this.assertNoMember(tenantId, email);
    const now = this.ports.clock.now();
    const [id, subjectId, token] = [newId(now), newId(now), newInvitationToken(tenantId)];
    const sent = { id, subjectId, email, token, role, expiresAt: now + INVITATION_MS };
    // Both groups: the name comes with the acceptance, under the same person.
    await this.ports.keys.create(tenantId, subjectId, ['contact', 'identity']);
    const sealed = await this.seal(tenantId, sent);
    const [emailIndex, tokenIndex] = [await this.emailIndex(tenantId, email), await this.tokenIndex(tenantId, token)];
    await this.run(by, async ({ tx, record }) => {
      await this.assertMay(tx, by, role);
      await assertNotOpen(tx, tenantId, emailIndex);
      await countInvitation(tx, tenantId, by.memberId, now);
      await tx.insert(
        'privacy_data_subject',
        ['tenant_id', 'id', 'kind', 'state', 'created_at'],
        [[tenantId, subjectId, 'member', 'live', now]],
      );
      await insertInvitation(tx, tenantId, [
        ...[id, subjectId, sealed, emailIndex, tokenIndex, role, by.memberId],
        ...['open', now, sent.expiresAt, 1],
      ]);
      record({
        ...{ kind: 'account.member-invited.v1', subjectId, resource: `invitation:${id}` },
        ...{ fields: 'email_sealed,email_index,role,expires_at', commitment: commitment(sealed) },
      });
    });
    return sent;
  }

  /** Makes a new link with seven more days; the old one is worth nothing from here on. */
  async resend(by: ActingMember, id: string): Promise<SentInvitation> {
    const { tenantId } = by;
    const token = newInvitationToken(tenantId);
    const tokenIndex = await this.tokenIndex(tenantId, token);
    const now = this.ports.clock.now();
    const expiresAt = now + INVITATION_MS;
    const found = await this.run(by, async ({ tx, record }) => {
      const invitation = await lockOpen(tx, tenantId, id);
      await this.assertMay(tx, by, invitation.role);
      await countInvitation(tx, tenantId, by.memberId, now);
      await tx.run(
        'UPDATE auth_invitation SET token_index = ?, expires_at = ?, version = version + 1 WHERE tenant_id = ? AND id = ?',
        [tokenIndex, expiresAt, tenantId, id],
      );
      record({
        ...{ kind: 'account.invitation-sent-again.v1', subjectId: invitation.subjectId },
        ...{ resource: `invitation:${id}`, fields: 'token_index,expires_at', commitment: null },
      });
      return invitation;
    });
    const { subjectId, role } = found;
    return { id, subjectId, email: await this.emailOf(tenantId, found), token, role, expiresAt };
  }

  /** Takes an invitation back, and with it everything that is held about the invited person. */
  async revoke(by: ActingMember, id: string): Promise<void> {
    const { tenantId } = by;
    const ended = await this.run(by, async (work) => {
      const invitation = await lockOpen(work.tx, tenantId, id);
      await this.assertMay(work.tx, by, invitation.role);
      await endInvitation(work, tenantId, invitation, 'account.invitation-revoked.v1');
      return invitation;
    });
    await this.ports.destruction.destroySubject(tenantId, ended.subjectId);
  }

  /** The invited person says no; nothing about them stays. */
  async decline(token: string, correlationId: string): Promise<void> {
    const { tenantId, invitation } = await this.look(token);
    const actor = { kind: 'system', id: 'invited' } as const;
    await inTenant(tenantId, () =>
      this.ports.work.run({ tenantId, actor, purpose: 'service-account', correlationId }, async (work) =>
        endInvitation(
          work,
          tenantId,
          await lockOpen(work.tx, tenantId, invitation.id),
          'account.invitation-declined.v1',
        ),
      ),
    );
    await this.ports.destruction.destroySubject(tenantId, invitation.subjectId);
  }

  /** The open invitation of a token; says whether it is unknown, too old or used. */
  async look(token: string): Promise<{ readonly tenantId: string; readonly invitation: StoredInvitation }> {
    const tenantId = tenantOfToken(token);
    if (tenantId === undefined || !(await this.isTenant(tenantId))) throw invitationErrors.notFound();
    const [row] = await this.read(
      tenantId,
      `SELECT ${INVITATION_COLUMNS} FROM auth_invitation WHERE tenant_id = ? AND token_index = ?`,
      [tenantId, await this.tokenIndex(tenantId, token)],
    );
    const invitation = row && invitationOf(row);
    if (!invitation || invitation.state === 'ended') throw invitationErrors.notFound();
    if (invitation.state === 'accepted') throw invitationErrors.used();
    if (this.ports.clock.now() >= invitation.expiresAt) throw invitationErrors.expired();
    return { tenantId, invitation };
  }

  /** The address of an open invitation, for the login that is made with it and for the letter. */
  async emailOf(tenantId: string, { id, subjectId, emailSealed }: StoredInvitation): Promise<string> {
    if (!emailSealed) throw invitationErrors.notFound();
    await this.ports.cipher.load(tenantId, [subjectId], INVITED_EMAIL.group);
    return this.ports.cipher.open(tenantId, subjectId, INVITED_EMAIL, id, emailSealed, 'service-account');
  }

  /** Open invitations after an id, for the list of members. Whose person is being erased is no longer there. */
  async openAfter(tenantId: string, cursor: string, limit: number): Promise<InvitationRow[]> {
    const rows = await this.read(
      tenantId,
      `SELECT ${INVITATION_COLUMNS} FROM auth_invitation WHERE tenant_id = ? AND state = 'open' AND id > ? ` +
        `ORDER BY id LIMIT ${limit}`,
      [tenantId, cursor],
    );
    const found = rows.map(invitationOf);
    const wishes = found.map(({ subjectId }) => ({ subjectId, group: INVITED_EMAIL.group }));
    const closed = await this.ports.cipher.loadAvailable(tenantId, wishes);
    const shown: InvitationRow[] = [];
    for (const one of found) {
      if (closed.has(one.subjectId) || !one.emailSealed) continue;
      const { id, subjectId, role, expiresAt, version } = one;
      const email = this.ports.cipher.open(tenantId, subjectId, INVITED_EMAIL, id, one.emailSealed, 'service-account');
      shown.push({ id, shownEmail: mask('email', email), role, expiresAt, version });
    }
    return shown;
  }

  /** Keyed index of a token. */
  async tokenIndex(tenantId: string, token: string): Promise<string> {
    return blindIndex(await this.ports.keys.tenantKey(tenantId, 'auth-invitation'), bareToken(token));
  }

  /** The secret for the letter: the link that the inviter sees opens the same, but proves no mail box. */
  async forLetter(tenantId: string, token: string): Promise<string> {
    const key = await this.ports.keys.tenantKey(tenantId, 'auth-invitation');
    return mailedToken(token, blindIndex(key, `by-mail|${bareToken(token)}`));
  }

  /** True for a secret that was read in the letter. */
  async isFromLetter(tenantId: string, token: string): Promise<boolean> {
    return token === (await this.forLetter(tenantId, token));
  }

  private async emailIndex(tenantId: string, email: string): Promise<string> {
    return blindIndex(await this.ports.keys.tenantKey(tenantId, 'auth-invitation-email'), email);
  }

  private async seal(tenantId: string, { id, subjectId, email }: SentInvitation): Promise<Buffer> {
    await this.ports.cipher.load(tenantId, [subjectId], INVITED_EMAIL.group);
    return this.ports.cipher.seal(tenantId, subjectId, INVITED_EMAIL, id, email, 'service-account');
  }

  /** Tells about members of this workspace only: whether there is a login elsewhere is nobody's business. */
  private async assertNoMember(tenantId: string, email: string): Promise<void> {
    const login = await this.accounts.findLogin(email);
    if (!login) return;
    const rows = await this.read(tenantId, 'SELECT id FROM auth_member WHERE tenant_id = ? AND login_id = ?', [
      tenantId,
      login.id,
    ]);
    if (rows.length > 0) throw invitationErrors.alreadyMember();
  }

  /** The inviter's role as it is now, kept so until the commit. */
  private async assertMay(tx: Tx, { tenantId, memberId }: ActingMember, role: MemberRole): Promise<void> {
    const lock = tx.dialect === 'mariadb' ? ' LOCK IN SHARE MODE' : '';
    const [row] = await tx.all<Pick<RuledMember, 'role' | 'state'>>(
      `SELECT role, state FROM auth_member WHERE tenant_id = ? AND id = ?${lock}`,
      [tenantId, memberId],
    );
    const refusal = givingRefused(row, role, role);
    if (refusal) throw refusal;
  }

  private run<T>({ tenantId, memberId, correlationId }: ActingMember, work: (work: Work) => Promise<T>): Promise<T> {
    const scope = { tenantId, actor: { kind: 'member', id: memberId }, purpose: 'service-account' } as const;
    return inTenant(tenantId, () => this.ports.work.run({ ...scope, correlationId }, work));
  }

  /** Asked before the tenant's key: a made-up token must not cause keys to be made. */
  private async isTenant(tenantId: string): Promise<boolean> {
    const sql = "SELECT id FROM tenant_tenant WHERE id = ? AND state = 'active'";
    return (await this.read(tenantId, sql, [tenantId])).length > 0;
  }

  private read(tenantId: string, sql: string, params: readonly SqlValue[]): Promise<SqlRow[]> {
    return inTenant(tenantId, async () => this.ports.database.reader.all(sql, params));
  }
}

/** Ends an invitation in `work`; its person is erased after the commit, by the upkeep at the latest. */
export async function endInvitation(
  { tx, record }: Work,
  tenantId: string,
  { id, subjectId }: StoredInvitation,
  kind: `account.invitation-${'revoked' | 'declined' | 'expired'}.v1`,
): Promise<void> {
  await tx.run(
    "UPDATE auth_invitation SET state = 'ended', email_sealed = NULL, email_index = NULL, version = version + 1 " +
      'WHERE tenant_id = ? AND id = ?',
    [tenantId, id],
  );
  record({ kind, subjectId, resource: `invitation:${id}`, fields: 'state,email_sealed,email_index', commitment: null });
}

/** An invitation that is neither used nor ended; one that has expired may be sent again or taken back. */
async function lockOpen(tx: Tx, tenantId: string, id: string): Promise<StoredInvitation> {
  const [row] = await tx.all(
    `SELECT ${INVITATION_COLUMNS} FROM auth_invitation WHERE tenant_id = ? AND id = ?${forUpdate(tx)}`,
    [tenantId, id],
  );
  const invitation = row && invitationOf(row);
  if (!invitation || invitation.state === 'ended') throw invitationErrors.notFound();
  if (invitation.state === 'accepted') throw invitationErrors.used();
  return invitation;
}

/** One open invitation per address; one that has expired makes way by being sent again. */
async function assertNotOpen(tx: Tx, tenantId: string, emailIndex: string): Promise<void> {
  const rows = await tx.all('SELECT id FROM auth_invitation WHERE tenant_id = ? AND email_index = ?', [
    tenantId,
    emailIndex,
  ]);
  if (rows.length > 0) throw invitationErrors.open();
}

function insertInvitation(tx: Tx, tenantId: string, values: readonly SqlValue[]) {
  const columns =
    'tenant_id id subject_id email_sealed email_index token_index role invited_by state created_at expires_at version';
  return tx.insert('auth_invitation', columns.split(' '), [[tenantId, ...values]]);
}
