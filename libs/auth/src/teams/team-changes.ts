import { TEAM_LIMITS, type TeamCreate, type TeamEdit } from '@libs/contracts';
import { forUpdate, lastChangeOf, placeholders, type Tx, type Work } from '@libs/database';
import { announce } from '@libs/events';
import { newId } from '@libs/kernel';
import { lockTenant } from '@libs/tenancy';
import { inTenant } from '../in-tenant.js';
import { memberErrors } from '../members/member.errors.js';
import type { ActingMember } from '../members/member-changes.js';
import type { MemberRole } from '../members/roles.js';
import type { AuthPorts } from '../ports.js';
import { teamErrors } from './team.errors.js';
import { answers } from './team-directory.js';
import { hashOf, teamName } from './team-name.js';

interface LockedTeam {
  readonly name: string;
  readonly archived: boolean;
}

/**
 * Makes and changes teams (F-0209). Each act is one unit of work with its journal entries, one for each member who comes
 * or goes, and a row of the feed. All acts on teams of a tenant wait for one another: they are rare, and a name is taken
 * exactly once.
 */
export class TeamChanges {
  constructor(private readonly ports: Pick<AuthPorts, 'database' | 'work' | 'clock' | 'feed'>) {}

  /** 409 `account.team-name-taken`, `account.too-many-teams`; 422 `account.team-name-invalid`, `account.member-unable`. */
  async create(by: ActingMember, wish: TeamCreate): Promise<string> {
    const { tenantId } = by;
    const id = newId(this.ports.clock.now());
    const { name, hash } = teamName(wish.name);
    await this.run(by, id, async ({ tx, record }) => {
      await lockTenant(tx, tenantId);
      const [{ many } = { many: 0 }] = await tx.all<{ many: number | string }>(
        'SELECT COUNT(*) AS many FROM auth_team WHERE tenant_id = ? AND archived_at IS NULL',
        [tenantId],
      );
      if (Number(many) >= TEAM_LIMITS.teams) throw teamErrors.tooMany();
      await assertFree(tx, tenantId, id, hash);
      await tx.insert(
        'auth_team',
        ['tenant_id', 'id', 'name', 'name_hash', 'version', 'created_at'],
        [[tenantId, id, name, hash, 1, this.ports.clock.now()]],
      );
      record(entryOf('account.team-created.v1', id, 'name'));
      await this.setMembers({ tx, record }, tenantId, id, wish.memberIds ?? []);
    });
    return id;
  }

  /** Changes what the edit names; of two at once the second gets 409 `account.edit-conflict`. */
  async edit(by: ActingMember, id: string, { version, name, memberIds }: TeamEdit): Promise<void> {
    const { tenantId } = by;
    const named = name === undefined ? undefined : teamName(name);
    await this.run(by, id, async ({ tx, record }) => {
      const team = await this.take(tx, by, id, version);
      if (team.archived) throw teamErrors.archived();
      if (named) {
        await assertFree(tx, tenantId, id, named.hash);
        await tx.run('UPDATE auth_team SET name = ?, name_hash = ? WHERE tenant_id = ? AND id = ?', [
          ...[named.name, named.hash, tenantId, id],
        ]);
      }
      record(entryOf('account.team-changed.v1', id, named ? 'name' : ''));
      if (memberIds) await this.setMembers({ tx, record }, tenantId, id, memberIds);
    });
  }

  /** Sets a team aside, or brings it back with the members it had. */
  async archive(by: ActingMember, id: string, wish: { version: number; archived: boolean }): Promise<void> {
    const { tenantId } = by;
    const { version, archived } = wish;
    await this.run(by, id, async ({ tx, record }) => {
      const { name } = await this.take(tx, by, id, version);
      if (!archived) await assertFree(tx, tenantId, id, hashOf(name));
      await tx.run('UPDATE auth_team SET archived_at = ?, name_hash = ? WHERE tenant_id = ? AND id = ?', [
        ...[archived ? this.ports.clock.now() : null, archived ? null : hashOf(name), tenantId, id],
      ]);
      record(entryOf(archived ? 'account.team-archived.v1' : 'account.team-restored.v1', id, 'archivedAt'));
    });
  }

  private async run(by: ActingMember, id: string, work: (work: Work) => Promise<void>): Promise<void> {
    const { tenantId, correlationId } = by;
    const actor = { kind: 'member', id: by.memberId } as const;
    await inTenant(tenantId, () =>
      this.ports.work.run({ tenantId, actor, purpose: 'service-account', correlationId }, async (unit) => {
        await work(unit);
        await announce(unit.tx, { kind: 'team', tenantId, ref: id });
      }),
    );
    await this.ports.feed.poll().catch(() => undefined);
  }

  /** Takes the next version first: of two at once, one waits and then sees that it came too late. */
  private async take(tx: Tx, by: ActingMember, id: string, version: number): Promise<LockedTeam> {
    const { tenantId, memberId } = by;
    await lockTenant(tx, tenantId);
    const taken = await tx.run(
      'UPDATE auth_team SET version = version + 1, changed_by = ?, changed_at = ? ' +
        'WHERE tenant_id = ? AND id = ? AND version = ?',
      [memberId, this.ports.clock.now(), tenantId, id, version],
    );
    const [row] = await tx.all<{ name: string; archived_at: number | string | null }>(
      'SELECT name, archived_at FROM auth_team WHERE tenant_id = ? AND id = ?',
      [tenantId, id],
    );
    if (!row) throw teamErrors.notFound();
    if (taken === 0) throw memberErrors.editConflict(await lastChangeOf(tx, 'auth_team', { tenant_id: tenantId, id }));
    return { name: row.name, archived: row.archived_at !== null };
  }

  private async setMembers({ tx, record }: Work, tenantId: string, id: string, wanted: readonly string[]) {
    const held = await tx.all<{ member_id: string; subject_id: string }>(
      'SELECT b.member_id, m.subject_id FROM auth_team_member b ' +
        'JOIN auth_member m ON m.tenant_id = b.tenant_id AND m.id = b.member_id ' +
        'WHERE b.tenant_id = ? AND b.team_id = ?',
      [tenantId, id],
    );
    const ids = new Set(wanted);
    const had = new Set(held.map(({ member_id: memberId }) => memberId));
    for (const { member_id: memberId, subject_id: subjectId } of held.filter((one) => !ids.has(one.member_id))) {
      await tx.run('DELETE FROM auth_team_member WHERE tenant_id = ? AND team_id = ? AND member_id = ?', [
        ...[tenantId, id, memberId],
      ]);
      record({ ...entryOf('account.team-left.v1', id, 'members'), subjectId });
    }
    const joining = [...ids].filter((one) => !had.has(one)).sort();
    const subjects = await ableMembers(tx, tenantId, joining);
    for (const memberId of joining) {
      await tx.insert('auth_team_member', ['tenant_id', 'team_id', 'member_id'], [[tenantId, id, memberId]]);
      record({ ...entryOf('account.team-joined.v1', id, 'members'), subjectId: subjects.get(memberId)! });
    }
  }
}

async function assertFree(tx: Tx, tenantId: string, id: string, hash: string): Promise<void> {
  const [other] = await tx.all<{ id: string }>('SELECT id FROM auth_team WHERE tenant_id = ? AND name_hash = ?', [
    tenantId,
    hash,
  ]);
  if (other && other.id !== id) throw teamErrors.nameTaken();
}

/** The persons of `ids`, locked, so that nobody leaves meanwhile; 404 for one that is no member here. */
async function ableMembers(tx: Tx, tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.all<{ id: string; subject_id: string; role: MemberRole; state: string }>(
    `SELECT id, subject_id, role, state FROM auth_member WHERE tenant_id = ? AND id IN (${placeholders(ids.length)}) ` +
      `ORDER BY id${forUpdate(tx)}`,
    [tenantId, ...ids],
  );
  if (rows.length < ids.length) throw memberErrors.notFound();
  if (rows.some(({ role, state }) => state !== 'active' || !answers(role))) throw teamErrors.memberUnable();
  return new Map(rows.map(({ id, subject_id: subjectId }) => [id, subjectId]));
}

function entryOf(kind: string, id: string, fields: string) {
  return { kind, subjectId: null as string | null, resource: `team:${id}`, fields, commitment: null };
}
