import { DATABASE, type Database } from '@libs/database';
import { Lru } from '@libs/kernel';
import { runInTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import { MEMBER_NAMES, type MemberNames } from '../stream/member-names.js';

/** Names beside a conversation in the list. */
@Injectable()
export class InboxNames {
  private readonly inboxes = new Lru<string, string>(10_000);

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(MEMBER_NAMES) private readonly members: MemberNames,
  ) {}

  async of(
    tenantId: string,
    inboxId: string,
    assigneeId: string | null,
  ): Promise<{ inboxName: string; assigneeName: string | null }> {
    const names = assigneeId === null ? undefined : await this.members.nameOf(tenantId, [assigneeId]);
    return { inboxName: await this.inbox(tenantId, inboxId), assigneeName: names?.get(assigneeId ?? '') ?? null };
  }

  /** Brings a member's name into memory, so that what it does next is emitted with it. */
  async warm(tenantId: string, memberId: string): Promise<void> {
    if (!this.members.peek(tenantId, memberId)) await this.members.nameOf(tenantId, [memberId]);
  }

  /** Forgets names of inboxes: called by the feed. */
  drop(): void {
    this.inboxes.clear();
  }

  private async inbox(tenantId: string, inboxId: string): Promise<string> {
    const key = `${tenantId} ${inboxId}`;
    const known = this.inboxes.get(key);
    if (known !== undefined) return known;
    const context = { tenantId, actor: { kind: 'system', id: 'inbox-names' }, correlationId: inboxId } as const;
    const rows = await runInTenant(context, async () =>
      this.database.reader.all<{ name: string }>('SELECT name FROM chat_inbox WHERE tenant_id = ? AND id = ?', [
        tenantId,
        inboxId,
      ]),
    );
    const name = rows[0]?.name ?? '';
    this.inboxes.set(key, name);
    return name;
  }
}
