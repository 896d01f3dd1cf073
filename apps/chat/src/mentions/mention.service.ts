import { type Mention, type Mentions, type MentionsLeft, personHandle } from '@libs/contracts';
import { DATABASE, type Database, UnitOfWork } from '@libs/database';
import { announce, InvalidationFeed } from '@libs/events';
import { Inject, Injectable } from '@nestjs/common';
import { type Asker, ConversationService } from '../conversations/conversation.service.js';
import { InboxNames } from '../inboxes/inbox-names.js';
import { MEMBER_NAMES, type MemberNames } from '../stream/member-names.js';

const NEWEST = 50;

interface Row {
  readonly conversation_id: string;
  readonly revision: number | string;
  readonly author_id: string;
  readonly at: number | string;
  readonly read_at: number | string | null;
  readonly subject_id: string;
  readonly inbox_id: string;
}

/** Notes that name the caller: ids, times and places only. The text is read in the conversation, and accounted there. */
@Injectable()
export class MentionService {
  constructor(
    private readonly conversations: ConversationService,
    private readonly inboxes: InboxNames,
    private readonly work: UnitOfWork,
    private readonly feed: InvalidationFeed,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(MEMBER_NAMES) private readonly names: MemberNames,
  ) {}

  async list(asker: Asker): Promise<Mentions> {
    const { tenantId, memberId } = asker;
    const rows = await this.database.reader.all<Row>(
      'SELECT m.conversation_id, m.revision, m.author_id, m.at, m.read_at, c.subject_id, c.inbox_id ' +
        'FROM chat_mention m JOIN chat_conversation c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id ' +
        `WHERE m.tenant_id = ? AND m.member_id = ? ORDER BY m.at DESC, m.revision DESC LIMIT ${NEWEST}`,
      [tenantId, memberId],
    );
    const names = await this.names.nameOf(
      tenantId,
      rows.map(({ author_id }) => author_id),
    );
    const items = await Promise.all(rows.map((row) => this.mentionOf(tenantId, row, names)));
    return { items, unread: await this.unread(asker) };
  }

  /** What the caller has read of one conversation; told to the caller's other pages. */
  async read(asker: Asker, conversationId: string, upTo: number): Promise<MentionsLeft> {
    const { tenantId, memberId } = asker;
    await this.conversations.require(asker, conversationId);
    const at = await this.database.databaseNow();
    await this.work.upkeep(
      async (tx) => {
        const changed = await tx.run(
          'UPDATE chat_mention SET read_at = ? WHERE tenant_id = ? AND conversation_id = ? AND revision <= ? ' +
            'AND member_id = ? AND read_at IS NULL',
          [at, tenantId, conversationId, upTo, memberId],
        );
        if (changed > 0) await announce(tx, { kind: 'mention', tenantId, ref: memberId });
      },
      new Set([tenantId]),
    );
    await this.feed.poll();
    return { unread: await this.unread(asker) };
  }

  private async unread({ tenantId, memberId }: Asker): Promise<number> {
    const [row] = await this.database.reader.all<{ n: number | string }>(
      'SELECT COUNT(*) AS n FROM chat_mention WHERE tenant_id = ? AND member_id = ? AND read_at IS NULL',
      [tenantId, memberId],
    );
    return Number(row?.n ?? 0);
  }

  private async mentionOf(tenantId: string, row: Row, names: ReadonlyMap<string, string>): Promise<Mention> {
    const { inboxName } = await this.inboxes.of(tenantId, row.inbox_id, null);
    return {
      ...{ conversationId: row.conversation_id, revision: Number(row.revision), at: Number(row.at), inboxName },
      by: { id: row.author_id, name: names.get(row.author_id) ?? null },
      ...{ handle: personHandle(row.subject_id), read: row.read_at !== null },
    };
  }
}
