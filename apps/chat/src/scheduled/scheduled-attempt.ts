import { MemberDirectory, permissionsOf } from '@libs/auth';
import type { ScheduledRefusal } from '@libs/contracts';
import { AppError, CLOCK, type Clock } from '@libs/kernel';
import { runInTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import { ConversationService } from '../conversations/conversation.service.js';
import { scopeOf } from '../conversations/read-scope.js';
import { isLiveView } from '../live-view/live-view.rule.js';
import { ScheduledDispatch } from './scheduled-dispatch.js';
import { type ScheduledRow, ScheduledRows } from './scheduled-rows.js';

/** Of the person, whose decisions say no. */
const UNWILLING = ['privacy.consent-required', 'privacy.function-off', 'privacy.policy-superseded'];

/** Sends one scheduled reply in its author's name when its time has come. */
@Injectable()
export class ScheduledAttempt {
  constructor(
    private readonly rows: ScheduledRows,
    private readonly dispatch: ScheduledDispatch,
    private readonly conversations: ConversationService,
    private readonly members: MemberDirectory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Sends it, or keeps why it was not sent. Where somebody was quicker nothing happens. */
  async sendDue(tenantId: string, id: string): Promise<void> {
    const correlationId = `scheduled-${id}`;
    const context = { tenantId, actor: { kind: 'system', id: 'scheduled-sender' }, correlationId } as const;
    const doer = { tenantId, memberId: null, correlationId };
    await runInTenant(context, async () => {
      const row = await this.rows.find(id);
      if (row?.state !== 'pending' || row.dueAt > this.clock.now()) return;
      const able = await this.isAble(tenantId, row, correlationId);
      const refusal = able
        ? await this.dispatch.send(doer, row, true).then(nothing, refusalOf)
        : ('author-unable' as const);
      if (refusal) await this.dispatch.refuse(doer, row, refusal);
    }).catch((error: unknown) => {
      // Cancelled, changed or sent meanwhile, or the person is being erased: there is nothing to send.
      if (!isRefused(error)) throw error;
    });
  }

  /** True where the author could send it now: active, in a role that replies, and not looking on from outside. */
  private async isAble(tenantId: string, row: ScheduledRow, correlationId: string): Promise<boolean> {
    const { authorId: memberId, conversationId } = row;
    const member = await this.members.find(tenantId, memberId);
    if (member?.state !== 'active' || !permissionsOf(member.role).has('conversations:reply')) return false;
    const { role } = member;
    const author = { tenantId, memberId, role, scope: scopeOf({ role, memberId }), correlationId };
    const conversation = await this.conversations.require(author, conversationId).catch((error: unknown) => {
      if (isRefused(error)) return undefined;
      throw error;
    });
    return conversation !== undefined && !isLiveView(author.scope, conversation);
  }
}

const nothing = (): undefined => undefined;

function isRefused(error: unknown): error is AppError {
  return error instanceof AppError && error.kind === 'user';
}

/** What a failed send means for the reply; throws again what is no refusal of it. */
function refusalOf(error: unknown): ScheduledRefusal {
  if (isRefused(error) && error.code === 'chat.customer-wrote') return 'customer-wrote';
  if (isRefused(error) && UNWILLING.includes(error.code)) return 'person-unwilling';
  throw error;
}
