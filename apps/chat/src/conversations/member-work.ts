import { type HandOver, MemberDirectory, type MemberWorkPort, permissionsOf } from '@libs/auth';
import type { ConversationState, MemberSummary } from '@libs/contracts';
import { DATABASE, type Database, type SqlValue, UnitOfWork } from '@libs/database';
import type { JournalFollower, JournalRow } from '@libs/events';
import { AppError } from '@libs/kernel';
import { runInTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import { InboxNames } from '../inboxes/inbox-names.js';
import { AvailabilityService } from '../routing/availability.js';
import { ChatWrites } from '../stream/chat-writes.js';
import type { HandItem } from '../stream/stream-items.js';

const PAGE = 200;

interface Held {
  readonly id: string;
  readonly subject_id: string;
  readonly state: ConversationState;
}

/**
 * The conversations of a member who goes (F-0208): open ones to a colleague or back to the queue, resolved ones to nobody,
 * so that a person who writes again does not wait for somebody who will never come. Each is a change of its stream that
 * consoles see live. What they have not sent is deleted.
 */
@Injectable()
export class MemberWork implements MemberWorkPort, JournalFollower {
  readonly name = 'chat.member-work';
  readonly kinds = ['account.member-disabled.v1', 'account.member-role-changed.v1'];

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly work: UnitOfWork,
    private readonly writes: ChatWrites,
    private readonly names: InboxNames,
    private readonly members: MemberDirectory,
    private readonly availability: AvailabilityService,
  ) {}

  async openConversations(tenantId: string, memberId: string): Promise<number> {
    const [row] = await this.read<{ n: number | string }>(
      tenantId,
      "SELECT COUNT(*) AS n FROM chat_conversation WHERE tenant_id = ? AND assignee_id = ? AND state <> 'resolved'",
      [memberId],
    );
    return Number(row?.n ?? 0);
  }

  async handOver(work: HandOver): Promise<void> {
    const { tenantId, memberId, to } = work;
    // First, so that routing gives them nothing while this goes through what they have.
    await this.availability.leave(tenantId, memberId);
    if (to !== null) await this.names.warm(tenantId, to);
    for (let after = '', held: Held[]; ; after = held[held.length - 1]!.id) {
      held = await this.read<Held>(
        tenantId,
        'SELECT id, subject_id, state FROM chat_conversation WHERE tenant_id = ? AND assignee_id = ? AND id > ? ' +
          `ORDER BY id LIMIT ${PAGE}`,
        [memberId, after],
      );
      await Promise.all(held.map((one) => this.hand(work, one)));
      if (held.length < PAGE) break;
    }
    // What they wrote and did not send, and what they wrote for themselves, is nobody's now: it goes with them.
    await this.work.upkeep(
      async (tx) => {
        for (const table of ['chat_draft', 'chat_own_response', 'chat_view']) {
          await tx.run(`DELETE FROM ${table} WHERE tenant_id = ? AND member_id = ?`, [tenantId, memberId]);
        }
      },
      new Set([tenantId]),
    );
  }

  /**
   * The journal says who has gone: where the account's service runs apart, and where this process died before all was
   * handed over. What was done already finds nothing to do. One failure holds up nobody else, and is tried again.
   */
  async follow(rows: readonly JournalRow[]): Promise<void> {
    const failures: unknown[] = [];
    for (const row of rows) await this.resume(row).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }

  /** Whoever serves conversations again by now keeps what they have. */
  private async resume({ tenantId, resource, detail, id }: JournalRow): Promise<void> {
    const memberId = resource.slice('member:'.length);
    const member = await this.members.find(tenantId, memberId);
    if (!member || serves(member)) return;
    const heir = detail.handOverTo == null ? undefined : await this.members.find(tenantId, String(detail.handOverTo));
    const to = heir && serves(heir) ? heir.id : null;
    await this.handOver({ tenantId, memberId, to, by: memberId, correlationId: `journal-${id}` });
  }

  private async hand({ tenantId, memberId, to, by, correlationId }: HandOver, held: Held): Promise<void> {
    const { id, subject_id: subjectId, state } = held;
    const item: HandItem = {
      ...{ op: 'hand', conversationId: id, from: memberId, by },
      to: state === 'resolved' ? null : to,
    };
    const write = this.writes.commit({
      ...{ tenantId, authorId: by, subjectId, correlationId },
      steps: [this.writes.subjects.step({ subjectId }), this.writes.stream.step(item)],
      journal: [
        {
          kind: item.to === null ? 'chat.conversation-released.v1' : 'chat.conversation-assigned.v1',
          ...{ subjectId, resource: `conversation:${id}`, fields: 'state,assigneeId', commitment: null },
          detail: () => ({ revision: item.outcome!.revision, assigneeId: item.to }),
        },
      ],
    });
    await write.catch((error: unknown) => {
      // Somebody was quicker, or the person is being erased: there is nothing to hand over.
      if (!(error instanceof AppError && error.kind === 'user')) throw error;
    });
  }

  private read<R extends object>(tenantId: string, sql: string, params: readonly SqlValue[]): Promise<R[]> {
    const context = { tenantId, actor: { kind: 'system', id: 'member-work' }, correlationId: 'member-work' } as const;
    return runInTenant(context, async () => this.database.reader.all<R>(sql, [tenantId, ...params]));
  }
}

/** True for an active member whose role answers conversations. */
function serves({ state, role }: MemberSummary): boolean {
  return state === 'active' && permissionsOf(role).has('conversations:reply');
}
