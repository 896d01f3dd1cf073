import type { Database, SqlRow, SqlValue, UnitOfWork } from '@libs/database';
import { type Clock, newId } from '@libs/kernel';
import { inTenant } from '../in-tenant.js';
import { INVITATION_LIMITS } from './invitation-counts.js';
import { INVITATION_COLUMNS, invitationOf, type StoredInvitation } from './invitation-rows.js';
import { endInvitation } from './invitations.js';

const PAGE = 100;

/** What it works with. */
export interface InvitationRetentionParts {
  readonly database: Pick<Database, 'reader'>;
  readonly work: Pick<UnitOfWork, 'run' | 'upkeep'>;
  readonly destruction: { destroySubject(tenantId: string, subjectId: string): Promise<boolean> };
  readonly clock: Clock;
}

/** Erases whom nobody answered for: expired invitations, and ended ones whose erasure was interrupted. */
export class InvitationRetention {
  constructor(private readonly parts: InvitationRetentionParts) {}

  /** Answers how many people went. */
  async purge(tenantId: string): Promise<number> {
    const now = this.parts.clock.now();
    let gone = 0;
    for (let page = PAGE; page === PAGE; gone += page) {
      const due = await this.due(tenantId, now);
      for (const invitation of due) await this.erase(tenantId, invitation, now);
      page = due.length;
    }
    await this.sweep(tenantId, now);
    return gone;
  }

  private async due(tenantId: string, now: number): Promise<StoredInvitation[]> {
    const rows = await this.read(
      tenantId,
      `SELECT ${INVITATION_COLUMNS} FROM auth_invitation WHERE tenant_id = ? AND ` +
        `(state = 'ended' OR (state = 'open' AND expires_at <= ?)) ORDER BY id LIMIT ${PAGE}`,
      [tenantId, now],
    );
    return rows.map(invitationOf);
  }

  /** Its row goes with the person's others; should one be left without a person, it goes here. */
  private async erase(tenantId: string, invitation: StoredInvitation, now: number): Promise<void> {
    const { id, subjectId } = invitation;
    if (invitation.state === 'open' && !(await this.end(tenantId, invitation, now))) return;
    await this.parts.destruction.destroySubject(tenantId, subjectId);
    await this.delete(tenantId, "DELETE FROM auth_invitation WHERE tenant_id = ? AND id = ? AND state = 'ended'", [id]);
  }

  /** False where it was sent again or used meanwhile. */
  private end(tenantId: string, { id }: StoredInvitation, now: number): Promise<boolean> {
    const actor = { kind: 'system', id: 'invitation-retention' } as const;
    const scope = { tenantId, actor, purpose: 'service-account', correlationId: newId(now) } as const;
    return inTenant(tenantId, () =>
      this.parts.work.run(scope, async (work) => {
        const lock = work.tx.dialect === 'mariadb' ? ' FOR UPDATE' : '';
        const [row] = await work.tx.all(
          `SELECT ${INVITATION_COLUMNS} FROM auth_invitation WHERE tenant_id = ? AND id = ?${lock}`,
          [tenantId, id],
        );
        const present = row && invitationOf(row);
        const expired = present?.state === 'open' && present.expiresAt <= now;
        if (!present || !expired) throw new Superseded();
        await endInvitation(work, tenantId, present, 'account.invitation-expired.v1');
        return true;
      }),
    ).catch((error: unknown) => {
      if (error instanceof Superseded) return false;
      throw error;
    });
  }

  /** Used invitations say "used" until they would have expired; counts are of no use after their span. */
  private async sweep(tenantId: string, now: number): Promise<void> {
    await this.delete(
      tenantId,
      "DELETE FROM auth_invitation WHERE tenant_id = ? AND state = 'accepted' AND expires_at <= ?",
      [now],
    );
    await this.delete(tenantId, 'DELETE FROM auth_invitation_count WHERE tenant_id = ? AND since < ?', [
      now - 2 * INVITATION_LIMITS.tenant.spanMs,
    ]);
  }

  private async delete(tenantId: string, sql: string, params: readonly SqlValue[]): Promise<void> {
    await this.parts.work.upkeep(async (tx) => tx.run(sql, [tenantId, ...params]), new Set([tenantId]));
  }

  private read(tenantId: string, sql: string, params: readonly SqlValue[]): Promise<SqlRow[]> {
    return inTenant(tenantId, async () => this.parts.database.reader.all(sql, params));
  }
}

/** Somebody was quicker than the upkeep; rolls back what it had begun. */
class Superseded extends Error {}
