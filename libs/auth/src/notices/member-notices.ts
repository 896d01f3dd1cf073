import { announce, type Invalidation } from '@libs/events';
import { Lru, UserError } from '@libs/kernel';
import { inTenant } from '../in-tenant.js';
import type { MemberRole } from '../members/roles.js';
import type { AuthPorts } from '../ports.js';
import { MEMBER_NOTICE, type MemberNoticeText, type NoticeLocale, noticeHash } from './member-notice-texts.js';

/** A member as the notice needs one. */
export interface NotifiedMember {
  readonly tenantId: string;
  readonly memberId: string;
}

/** What a member is shown, and whether it was confirmed. */
export interface ShownNotice {
  readonly version: string;
  readonly locale: NoticeLocale;
  readonly text: string;
  /** Active members by role who can see the work of others. */
  readonly seenBy: readonly { readonly role: MemberRole; readonly count: number }[];
  readonly confirmedAt: number | null;
}

/** Who reads what colleagues work on, in the order of the notice. */
const SEEING: readonly MemberRole[] = ['owner', 'admin', 'supervisor', 'privacy-officer'];

/** Members are told once who can see their work, before they begin (P-0207); what they confirmed is kept as a record. */
export class MemberNotices {
  /** As a step that a session owes. */
  readonly step = 'member-notice';
  /** Members who confirmed the version in force: nobody can take that back, so it is remembered. */
  private readonly confirmed = new Lru<string, true>(10_000);

  constructor(
    private readonly ports: Pick<AuthPorts, 'database' | 'work' | 'clock' | 'feed'>,
    private readonly notice: MemberNoticeText = MEMBER_NOTICE,
  ) {
    ports.feed.onRow((row) => this.drop(row));
  }

  /** True once the member has confirmed the version in force. */
  async isConfirmed(member: NotifiedMember): Promise<boolean> {
    const key = keyOf(member);
    if (this.confirmed.get(key)) return true;
    if ((await this.confirmedAt(member)) === null) return false;
    this.confirmed.set(key, true);
    return true;
  }

  async isOwed(member: NotifiedMember): Promise<boolean> {
    return !(await this.isConfirmed(member));
  }

  /** The notice in force as `member` reads it. */
  async show(member: NotifiedMember, locale: NoticeLocale): Promise<ShownNotice> {
    const { tenantId } = member;
    const rows = await inTenant(tenantId, () =>
      this.ports.database.reader.all<{ role: MemberRole; n: number | string }>(
        "SELECT role, COUNT(*) AS n FROM auth_member WHERE tenant_id = ? AND state = 'active' GROUP BY role",
        [tenantId],
      ),
    );
    const counts = new Map(rows.map(({ role, n }) => [role, Number(n)]));
    const { version, texts } = this.notice;
    return {
      ...{ version, locale, text: texts[locale] },
      seenBy: SEEING.flatMap((role) => (counts.has(role) ? [{ role, count: counts.get(role)! }] : [])),
      confirmedAt: await this.confirmedAt(member),
    };
  }

  /** Records that `member` has read `version`, once; 409 for any other version than the one in force. */
  async confirm(member: NotifiedMember, shown: { version: string; locale: NoticeLocale }, correlationId: string) {
    const { version } = this.notice;
    if (shown.version !== version) {
      throw new UserError('account.notice-superseded', 'The notice has changed. Please read the present one.', {
        status: 409,
      });
    }
    if (await this.isConfirmed(member)) return;
    await this.record(member, shown.locale, correlationId);
    this.confirmed.set(keyOf(member), true);
    // The session that confirms works at once here, elsewhere with the next look.
    await this.ports.feed.poll().catch(() => undefined);
  }

  private async record({ tenantId, memberId }: NotifiedMember, locale: NoticeLocale, correlationId: string) {
    const { version } = this.notice;
    const scope = {
      tenantId,
      actor: { kind: 'member', id: memberId },
      purpose: 'service-account',
      correlationId,
    } as const;
    await inTenant(tenantId, () =>
      this.ports.work.run(scope, async ({ tx, record }) => {
        const lock = tx.dialect === 'mariadb' ? ' FOR UPDATE' : '';
        const [member] = await tx.all<{ subject_id: string }>(
          `SELECT subject_id FROM auth_member WHERE tenant_id = ? AND id = ? AND state = 'active'${lock}`,
          [tenantId, memberId],
        );
        if (!member) throw new UserError('account.member-not-found', 'There is no such member.', { status: 404 });
        // Two tabs may confirm at once; the first one is the record.
        const [known] = await tx.all(
          'SELECT member_id FROM auth_notice_confirmation WHERE tenant_id = ? AND member_id = ? AND version = ?',
          [tenantId, memberId, version],
        );
        const entry = { subjectId: member.subject_id, resource: `member:${memberId}`, commitment: null };
        if (!known) {
          await tx.insert(
            'auth_notice_confirmation',
            ['tenant_id', 'member_id', 'version', 'subject_id', 'hash', 'locale', 'confirmed_at'],
            [
              [
                ...[tenantId, memberId, version, member.subject_id],
                ...[noticeHash(this.notice, locale), locale, this.ports.clock.now()],
              ],
            ],
          );
        }
        // What a session owes is cached; it has no socket yet that could end.
        await announce(tx, { kind: 'session', tenantId, ref: memberId });
        record({
          ...entry,
          kind: 'account.notice-confirmed.v1',
          fields: known ? '' : 'version,hash,locale,confirmed_at',
        });
      }),
    );
  }

  private async confirmedAt({ tenantId, memberId }: NotifiedMember): Promise<number | null> {
    const [row] = await inTenant(tenantId, () =>
      this.ports.database.reader.all<{ at: number | string }>(
        'SELECT confirmed_at AS at FROM auth_notice_confirmation WHERE tenant_id = ? AND member_id = ? AND version = ?',
        [tenantId, memberId, this.notice.version],
      ),
    );
    return row ? Number(row.at) : null;
  }

  /** A member who is gone needs no place here. */
  private drop({ kind, tenantId, ref }: Invalidation): void {
    if (kind === 'session' || kind === 'role') this.confirmed.delete(keyOf({ tenantId, memberId: ref }));
  }
}

function keyOf({ tenantId, memberId }: NotifiedMember): string {
  return `${tenantId}/${memberId}`;
}
