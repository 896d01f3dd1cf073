import { createHash } from 'node:crypto';
import type { PendingStep } from '@libs/contracts';
import { type Actor, forUpdate, type SqlRow, type Tx, type Work } from '@libs/database';
import { announce, type Invalidation } from '@libs/events';
import { Lru, newId, randomToken } from '@libs/kernel';
import { blindIndex } from '@libs/privacy-core';
import { agentSessionNotFound, noWorkspace } from '../auth.errors.js';
import { inTenant } from '../in-tenant.js';
import type { MemberRole } from '../members/roles.js';
import type { AuthPorts } from '../ports.js';
import type { PendingSteps } from './pending-steps.js';
import { parseSessionCookie, sessionCookieValue, TOKEN_BYTES } from './session-cookie.js';

/** Times of a session (design 9), ms. */
export const SESSION_TIMES = {
  idleMs: 12 * 3_600_000,
  /** For who wants to stay signed in on a device, and for who did not say so (F-0111). */
  longestMs: 30 * 24 * 3_600_000,
  unkeptMs: 12 * 3_600_000,
  /** How exactly the last use is kept: a write per request would be dear. */
  seenEveryMs: 60_000,
  cacheMs: 5000,
} as const;

/** A live session with the member it belongs to. */
export interface AgentSession {
  readonly id: string;
  readonly tenantId: string;
  readonly memberId: string;
  readonly subjectId: string;
  readonly role: MemberRole;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly expiresAt: number;
}

/** A session with what it must do before it may do anything else. */
export interface PendingSession extends AgentSession {
  readonly pending: readonly PendingStep[];
}

/** A session that is not yet stored; `cookie` is the value the browser gets. */
export interface PreparedSession {
  readonly tenantId: string;
  readonly tokenIndex: string;
  readonly cookie: string;
}

interface Cached {
  session: PendingSession;
  readonly at: number;
}

const COLUMNS =
  's.id, s.tenant_id, s.member_id, s.subject_id, m.login_id, m.role, s.created_at, s.last_seen_at, s.expires_at FROM auth_session s ' +
  'JOIN auth_member m ON m.tenant_id = s.tenant_id AND m.id = s.member_id ' +
  'JOIN privacy_data_subject d ON d.tenant_id = s.tenant_id AND d.id = s.subject_id ' +
  'WHERE s.tenant_id = ? AND m.tenant_id = ? AND d.tenant_id = ? AND s.revoked_at IS NULL ' +
  "AND m.state = 'active' AND d.state = 'live'";

/** Sessions of members. The token is known to the browser only; a row holds its keyed index. */
export class AgentSessions {
  private readonly cache = new Lru<string, Cached>(10_000);
  /** Grows with each drop: what was read before a drop must not be cached after it. */
  private drops = 0;

  constructor(
    private readonly ports: AuthPorts,
    private readonly steps: PendingSteps,
  ) {
    ports.feed.onRow((row) => this.drop(row));
  }

  /** Makes the token of a new session; before the transaction, because keys are fetched. */
  async prepare(tenantId: string): Promise<PreparedSession> {
    const token = randomToken(TOKEN_BYTES);
    const tokenIndex = blindIndex(await this.indexKey(tenantId), token);
    return { tenantId, tokenIndex, cookie: sessionCookieValue({ tenantId, token }) };
  }

  /** Opens the prepared session of a member who must still be active; valid once the transaction has committed. */
  async open(
    work: Work,
    { tenantId, tokenIndex }: PreparedSession,
    memberId: string,
    keep = false,
  ): Promise<AgentSession> {
    const member = await lockMember(work.tx, tenantId, memberId);
    const now = this.ports.clock.now();
    const session: AgentSession = {
      ...{ id: newId(now), tenantId, memberId, ...member },
      ...{
        createdAt: now,
        lastSeenAt: now,
        expiresAt: now + (keep ? SESSION_TIMES.longestMs : SESSION_TIMES.unkeptMs),
      },
    };
    await work.tx.insert(
      'auth_session',
      ['tenant_id', 'id', 'member_id', 'subject_id', 'token_index', 'created_at', 'last_seen_at', 'expires_at'],
      [[tenantId, session.id, memberId, session.subjectId, tokenIndex, now, now, session.expiresAt]],
    );
    work.record({
      kind: 'account.signed-in.v1',
      subjectId: session.subjectId,
      resource: `agent-session:${session.id}`,
      fields: 'token_index,expires_at',
      commitment: null,
    });
    return session;
  }

  /** The live session of a cookie's value; null for anything else. To `use` it puts its end by idleness off. */
  async find(cookie: string, use = true): Promise<PendingSession | null> {
    const now = this.ports.clock.now();
    // Not the value itself: a dump of the process should not hold what opens a session.
    const key = createHash('sha256').update(cookie).digest('base64');
    const known = this.cache.get(key);
    const fresh = known !== undefined && now >= known.at && now - known.at < SESSION_TIMES.cacheMs;
    const session = fresh ? known.session : await this.load(cookie, key, now);
    if (!session || !isLive(session, now)) return null;
    if (use && now - session.lastSeenAt >= SESSION_TIMES.seenEveryMs) await this.touch(session, key, now);
    return session;
  }

  /** The session with its open steps, as they are now. */
  async withPending(session: AgentSession, loginId: string): Promise<PendingSession> {
    return { ...session, pending: await this.steps.of({ ...session, loginId }) };
  }

  /** Live sessions of one member, newest first. */
  async list(tenantId: string, memberId: string): Promise<readonly AgentSession[]> {
    const now = this.ports.clock.now();
    const rows = await inTenant(tenantId, () =>
      this.ports.database.reader.all(`SELECT ${COLUMNS} AND s.member_id = ? ORDER BY s.id DESC LIMIT 100`, [
        ...[tenantId, tenantId, tenantId],
        memberId,
      ]),
    );
    return rows.map(sessionOf).filter((session) => isLive(session, now));
  }

  /**
   * When a session ends unless it is used again; undefined for one that has ended. For sockets, which last longer than the
   * request that opened them: `usedAt` is noted as its last use, if it was alive then. Looking is no use of it.
   */
  async endOf({ tenantId, id }: { tenantId: string; id: string }, usedAt?: number): Promise<number | undefined> {
    if (usedAt !== undefined) await this.noteUse(tenantId, id, usedAt);
    const [row] = await inTenant(tenantId, () =>
      this.ports.database.reader.all(`SELECT ${COLUMNS} AND s.id = ?`, [tenantId, tenantId, tenantId, id]),
    );
    if (!row) return undefined;
    const { lastSeenAt, expiresAt } = sessionOf(row);
    return Math.min(expiresAt, lastSeenAt + SESSION_TIMES.idleMs);
  }

  /** Ends one session of `memberId`; 404 for one of somebody else. Other processes know within 5 s. */
  async end(session: { tenantId: string; memberId: string; id: string; correlationId: string }): Promise<void> {
    const { tenantId, memberId, id, correlationId } = session;
    const actor: Actor = { kind: 'member', id: memberId };
    await inTenant(tenantId, () =>
      this.ports.work.run({ tenantId, actor, purpose: 'service-account', correlationId }, async (work) => {
        const subjectId = await this.endRow(work.tx, { tenantId, memberId, id });
        await announce(work.tx, { kind: 'session', tenantId, ref: id });
        work.record({
          kind: 'account.signed-out.v1',
          subjectId,
          resource: `agent-session:${id}`,
          fields: 'revoked_at',
          commitment: null,
        });
      }),
    );
    this.drop({ kind: 'session', tenantId, ref: id });
  }

  /** Ends all sessions of one member, those included that are being opened meanwhile. */
  async endAll(member: { tenantId: string; memberId: string; correlationId: string }, actor: Actor): Promise<void> {
    const { tenantId, memberId, correlationId } = member;
    await inTenant(tenantId, () =>
      this.ports.work.run({ tenantId, actor, purpose: 'security', correlationId }, async (work) => {
        const [row] = await work.tx.all<{ subject_id: string }>(
          `SELECT subject_id FROM auth_member WHERE tenant_id = ? AND id = ?${forUpdate(work.tx)}`,
          [tenantId, memberId],
        );
        await work.tx.run(
          'UPDATE auth_session SET revoked_at = ? WHERE tenant_id = ? AND member_id = ? AND revoked_at IS NULL',
          [this.ports.clock.now(), tenantId, memberId],
        );
        await announce(work.tx, { kind: 'session', tenantId, ref: memberId });
        work.record({
          kind: 'account.signed-out.v1',
          subjectId: row?.subject_id ?? null,
          resource: `member:${memberId}`,
          fields: 'revoked_at',
          commitment: null,
        });
      }),
    );
    this.drop({ kind: 'session', tenantId, ref: memberId });
  }

  /** Forgets what is cached about a session or member; a changed setting may ask more of all members. */
  drop({ kind, tenantId, ref }: Invalidation): void {
    if (kind !== 'session' && kind !== 'role' && kind !== 'setting') return;
    this.drops++;
    for (const key of [...this.cache.keys()]) {
      const session = this.cache.peek(key)?.session;
      const isMeant = kind === 'setting' || session?.id === ref || session?.memberId === ref;
      if (session?.tenantId === tenantId && isMeant) this.cache.delete(key);
    }
  }

  private async load(cookie: string, key: string, now: number): Promise<PendingSession | undefined> {
    const parsed = parseSessionCookie(cookie);
    if (!parsed || !(await this.isTenant(parsed.tenantId))) return undefined;
    const { drops } = this;
    const { tenantId } = parsed;
    const index = blindIndex(await this.indexKey(tenantId), parsed.token);
    const [row] = await inTenant(tenantId, () =>
      this.ports.database.reader.all(`SELECT ${COLUMNS} AND s.token_index = ?`, [tenantId, tenantId, tenantId, index]),
    );
    if (!row) return undefined;
    const session = await this.withPending(sessionOf(row), String(row.login_id));
    if (drops === this.drops) this.cache.set(key, { session, at: now });
    return session;
  }

  /** Asked before the tenant's key: a made-up cookie must not cause keys to be made. */
  private async isTenant(tenantId: string): Promise<boolean> {
    const rows = await inTenant(tenantId, () =>
      this.ports.database.reader.all("SELECT id FROM tenant_tenant WHERE id = ? AND state = 'active'", [tenantId]),
    );
    return rows.length > 0;
  }

  private async touch(session: PendingSession, key: string, now: number): Promise<void> {
    const known = this.cache.peek(key);
    // Only when it was seen: what is cached may have been read after `session` was, with a role that is another.
    if (known) known.session = { ...known.session, lastSeenAt: now };
    await this.noteUse(session.tenantId, session.id, now);
  }

  /** Keeps the last use of a session that was alive at that moment. */
  private async noteUse(tenantId: string, id: string, at: number): Promise<void> {
    await inTenant(tenantId, () =>
      this.ports.work.upkeep(
        async (tx) =>
          tx.run(
            'UPDATE auth_session SET last_seen_at = ? WHERE tenant_id = ? AND id = ? AND revoked_at IS NULL ' +
              'AND last_seen_at < ? AND last_seen_at > ? AND expires_at > ?',
            [at, tenantId, id, at, at - SESSION_TIMES.idleMs, at],
          ),
        new Set([tenantId]),
      ),
    );
  }

  private async endRow(tx: Tx, { tenantId, memberId, id }: { tenantId: string; memberId: string; id: string }) {
    const [row] = await tx.all<{ subject_id: string }>(
      'SELECT subject_id FROM auth_session WHERE tenant_id = ? AND id = ? AND member_id = ?',
      [tenantId, id, memberId],
    );
    const ended = row
      ? await tx.run('UPDATE auth_session SET revoked_at = ? WHERE tenant_id = ? AND id = ? AND revoked_at IS NULL', [
          this.ports.clock.now(),
          tenantId,
          id,
        ])
      : 0;
    if (!row || ended === 0) throw agentSessionNotFound();
    return row.subject_id;
  }

  private indexKey(tenantId: string): Promise<Buffer> {
    return this.ports.keys.tenantKey(tenantId, 'auth-session');
  }
}

function isLive({ expiresAt, lastSeenAt }: AgentSession, now: number): boolean {
  return now < expiresAt && now - lastSeenAt < SESSION_TIMES.idleMs;
}

function sessionOf(row: SqlRow): AgentSession {
  return {
    id: String(row.id),
    tenantId: String(row.tenant_id),
    memberId: String(row.member_id),
    subjectId: String(row.subject_id),
    role: String(row.role) as MemberRole,
    createdAt: Number(row.created_at),
    lastSeenAt: Number(row.last_seen_at),
    expiresAt: Number(row.expires_at),
  };
}

/** The member and its person must still be there when the session is written. */
async function lockMember(
  tx: Tx,
  tenantId: string,
  memberId: string,
): Promise<{ subjectId: string; role: MemberRole }> {
  const lock = tx.dialect === 'mariadb' ? ' LOCK IN SHARE MODE' : '';
  const [member] = await tx.all<{ subject_id: string; role: MemberRole }>(
    `SELECT subject_id, role FROM auth_member WHERE tenant_id = ? AND id = ? AND state = 'active'${lock}`,
    [tenantId, memberId],
  );
  const live = member
    ? await tx.all(`SELECT id FROM privacy_data_subject WHERE tenant_id = ? AND id = ? AND state = 'live'${lock}`, [
        tenantId,
        member.subject_id,
      ])
    : [];
  if (!member || live.length === 0) throw noWorkspace();
  return { subjectId: member.subject_id, role: member.role };
}
