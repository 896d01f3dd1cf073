import {
  COUNTED_MOST,
  type ConversationPage,
  type ConversationSummary,
  type ConversationView,
  LIMITS,
  LIST_STATES,
  type ListCounts,
  type ListFilter,
  type ListSort,
  type ListWish,
} from '@libs/contracts';
import { DATABASE, type Database } from '@libs/database';
import { Inject, Injectable } from '@nestjs/common';
import { isReadable, ReadWatch } from '../stream/read-watch.js';
import { readViews } from '../views/view-rows.js';
import { ConversationRepository, type ConversationRow } from './conversation.repository.js';
import { type Asker, ConversationService, keyOf } from './conversation.service.js';
import { ConversationFaces } from './conversation-faces.js';
import { ListChecks } from './list-checks.js';
import { readCursor, VIEWS, writeCursor } from './list-wish.js';

/** What waits for somebody in a view: what was put off or is done does not. */
const WAITS: Readonly<Partial<Record<ConversationView, ListFilter>>> = {
  mine: { state: ['queued', 'open'] },
  all: { state: ['queued', 'open'] },
};

/** The list of the console: pages, single rows, counts (F-0301); what one person has (F-0312). */
@Injectable()
export class ConversationList {
  constructor(
    private readonly rows: ConversationRepository,
    private readonly conversations: ConversationService,
    private readonly faces: ConversationFaces,
    private readonly reads: ReadWatch,
    private readonly checks: ListChecks,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  async page(asker: Asker, wish: ListWish, cursor: string | undefined, limit = 50): Promise<ConversationPage> {
    const take = Math.min(Math.max(1, limit), LIMITS.listPage);
    const from = cursor === undefined ? undefined : readCursor(cursor, wish.sort);
    await this.checks.check(asker.tenantId, wish.filter);
    const whole = await this.checks.people.whole(asker, wish);
    await this.reads.room();
    const rows = await this.rows.list(asker.scope, whole, take, from);
    const last = rows[rows.length - 1];
    const next = rows.length === take && last ? cursorAt(last, wish.sort) : null;
    const faces = await this.faces.of(asker, rows);
    const shown = faces.filter(({ newest }) => newest && isReadable(newest));
    this.reads.list(
      asker,
      shown.map(({ row }) => keyOf(asker, row)),
    );
    return { items: faces.map(({ summary }) => summary), next };
  }

  /** One row of the list; a headline where the member may read no more. */
  async row(asker: Asker, id: string): Promise<ConversationSummary> {
    await this.reads.room();
    const row = await this.conversations.require(asker, id, true);
    const [face] = await this.faces.of(asker, [row]);
    const { summary, newest } = face!;
    this.reads.page(asker, keyOf(asker, row), newest ? [newest] : []);
    return summary;
  }

  /** How many there are in each view that the asker sees, none counted further than anybody would read. */
  async counts(asker: Asker): Promise<ListCounts> {
    const count = (view: ConversationView, filter: ListFilter = {}, sort: ListSort = 'newest') =>
      this.rows.count(asker.scope, { view, filter, sort }, COUNTED_MOST + 1);
    const views: Partial<Record<ConversationView, number>> = {};
    for (const view of VIEWS) views[view] = await count(view, WAITS[view]);
    views.mentions = await this.unreadMentions(asker);
    const states: Partial<Record<ConversationSummary['state'], number>> = {};
    for (const state of LIST_STATES) states[state] = await count('all', { state: [state] });
    const saved: Record<string, number> = {};
    for (const { id, view, filter, sort } of await readViews(this.database.reader, asker.tenantId, asker.memberId)) {
      saved[id] = await count(view, filter, sort);
    }
    return { views, saved, states };
  }

  /** What names the member and was not looked at: the view itself keeps what was. */
  private async unreadMentions({ tenantId, memberId }: Asker): Promise<number> {
    const [row] = await this.database.reader.all<{ many: number | string }>(
      'SELECT COUNT(*) AS many FROM (SELECT n.revision FROM chat_mention n ' +
        'WHERE n.tenant_id = ? AND n.member_id = ? AND n.read_at IS NULL LIMIT ?) d',
      [tenantId, memberId, COUNTED_MOST + 1],
    );
    return Number(row?.many ?? 0);
  }
}

function cursorAt({ id, lastAt, waitingSince }: ConversationRow, sort: ListSort): string {
  return writeCursor({ sort, id, place: sort === 'newest' ? lastAt : (waitingSince ?? 0) });
}
