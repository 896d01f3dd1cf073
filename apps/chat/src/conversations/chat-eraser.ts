import { DATABASE, type Database, UnitOfWork } from '@libs/database';
import type { NamedEraser } from '@libs/privacy';
import { runInTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import { ChatWrites } from '../stream/chat-writes.js';
import { VisitorTokens } from '../widget-sessions/visitor-tokens.js';

const ACTOR = { kind: 'system', id: 'chat-eraser' } as const;
/** Rows of one transaction: erasing 50,000 messages must not hold up the others. */
const PAGE = 500;

/**
 * Everything chat holds about a visitor (messages, notes and whom they name, senders, cursors, tokens, identities,
 * conversations) or about a member: canned responses and views of their own.
 */
@Injectable()
export class ChatEraser implements NamedEraser {
  readonly name = 'chat';

  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly work: UnitOfWork,
    private readonly writes: ChatWrites,
    private readonly tokens: VisitorTokens,
  ) {}

  /** The fence is closed: nothing new comes while this runs, and it may run again. */
  async erase(tenantId: string, subjectId: string): Promise<void> {
    const rows = await runInTenant({ tenantId, actor: ACTOR, correlationId: subjectId }, async () =>
      this.database.reader.all<{ id: string }>(
        'SELECT id FROM chat_conversation WHERE tenant_id = ? AND subject_id = ?',
        [tenantId, subjectId],
      ),
    );
    for (const { id } of rows) await this.eraseConversation(tenantId, id);
    for (const table of ['chat_visitor_token', 'chat_identified_visitor', 'chat_own_response', 'chat_view']) {
      await this.change(tenantId, `DELETE FROM ${table} WHERE tenant_id = ? AND subject_id = ?`, subjectId);
    }
    this.tokens.drop();
  }

  private async eraseConversation(tenantId: string, id: string): Promise<void> {
    await this.erasePaged(tenantId, id, 'chat_message', 'seq');
    await this.erasePaged(tenantId, id, 'chat_change', 'revision');
    const beside = ['chat_draft', 'chat_scheduled_reply', 'chat_mention', 'chat_conversation_label', 'chat_live_look'];
    for (const table of [...beside, 'chat_sender', 'chat_participant']) {
      await this.change(tenantId, `DELETE FROM ${table} WHERE tenant_id = ? AND conversation_id = ?`, id);
    }
    await this.change(tenantId, 'DELETE FROM chat_conversation WHERE tenant_id = ? AND id = ?', id);
    this.writes.stream.forget(id);
  }

  private async erasePaged(tenantId: string, id: string, table: string, place: 'seq' | 'revision'): Promise<void> {
    for (;;) {
      const done = await this.work.upkeep(
        async (tx) => {
          const [row] = await tx.all<{ lowest: number | string | null }>(
            `SELECT MIN(${place}) AS lowest FROM ${table} WHERE tenant_id = ? AND conversation_id = ?`,
            [tenantId, id],
          );
          if (row?.lowest == null) return true;
          const upTo = Number(row.lowest) + PAGE;
          await tx.run(`DELETE FROM ${table} WHERE tenant_id = ? AND conversation_id = ? AND ${place} < ?`, [
            tenantId,
            id,
            upTo,
          ]);
          return false;
        },
        new Set([tenantId]),
      );
      if (done) return;
    }
  }

  private async change(tenantId: string, sql: string, id: string): Promise<void> {
    await this.work.upkeep(async (tx) => tx.run(sql, [tenantId, id]), new Set([tenantId]));
  }
}
