import type { AgentSync, AgentSynced, ItemPage } from '@libs/contracts';
import { Injectable } from '@nestjs/common';
import { LiveViews } from '../live-view/live-views.js';
import { type LiveReads, ReadWatch } from '../stream/read-watch.js';
import { streamErrors } from '../stream/stream.errors.js';
import { StreamReader } from '../stream/stream-reader.js';
import { type Asker, ConversationService, keyOf } from './conversation.service.js';

/** What members read of conversations: within their reach, accounted, and a look where it is a colleague's work. */
@Injectable()
export class ConversationReads {
  constructor(
    readonly conversations: ConversationService,
    private readonly reader: StreamReader,
    private readonly reads: ReadWatch,
    private readonly looks: LiveViews,
  ) {}

  /** A page of the history, before a revision or the newest; 422 `chat.cursor-invalid` for one it has not reached. */
  async items(asker: Asker, id: string, before?: number, limit?: number): Promise<ItemPage> {
    await this.reads.room();
    const row = await this.conversations.require(asker, id);
    if (before !== undefined && before > row.revision) throw streamErrors.cursorForeign();
    await this.looks.glance(asker, row);
    const key = keyOf(asker, row);
    const page = await this.reader.before(key, asker.role, before ?? Number.MAX_SAFE_INTEGER, limit);
    this.reads.page(asker, key, page.items);
    return page;
  }

  /** What came after a revision; 422 `chat.cursor-invalid` for one that the conversation has not reached. */
  async sync(asker: Asker, { conversationId, after, limit }: AgentSync): Promise<AgentSynced> {
    await this.reads.room();
    const row = await this.conversations.require(asker, conversationId);
    if (after > row.revision) throw streamErrors.cursorForeign();
    await this.looks.glance(asker, row);
    const key = keyOf(asker, row);
    const synced = await this.reader.forAgent(key, asker.role, limit === undefined ? { after } : { after, limit });
    this.reads.page(asker, key, synced.items);
    return synced;
  }

  /** Accounts for what one socket of the asker will be shown live. */
  live(asker: Asker): LiveReads {
    return this.reads.live(asker);
  }
}
