import { type ConversationSummary, type LabelRef, personHandle } from '@libs/contracts';
import { Injectable } from '@nestjs/common';
import { InboxNames } from '../inboxes/inbox-names.js';
import { LabelRepository } from '../labels/label.repository.js';
import { StreamReader, type TextItem } from '../stream/stream-reader.js';
import type { ConversationRow } from './conversation.repository.js';
import { type Asker, keyOf } from './conversation.service.js';
import { isHeadline } from './read-scope.js';

/** A row as its reader sees it, with the newest text where it lies within their reach. */
export interface ConversationFace {
  readonly row: ConversationRow;
  readonly summary: ConversationSummary;
  readonly newest: TextItem | undefined;
}

/** What stands in the list beside a conversation: names, labels, the newest message or why it is not shown. */
@Injectable()
export class ConversationFaces {
  constructor(
    private readonly reader: StreamReader,
    private readonly names: InboxNames,
    private readonly labels: LabelRepository,
  ) {}

  async of(asker: Asker, rows: readonly ConversationRow[]): Promise<ConversationFace[]> {
    const open = rows.filter((row) => !isHeadline(asker.scope, row));
    const places = open.map((row) => ({ ...keyOf(asker, row), seq: row.seq }));
    const newest = await this.reader.texts(asker.tenantId, asker.role, places);
    const labels = await this.labels.of(rows.map(({ id }) => id));
    return Promise.all(
      rows.map(async (row) => {
        const text = newest.get(row.id);
        return { row, newest: text, summary: await this.summary(asker, row, labels.get(row.id) ?? [], text) };
      }),
    );
  }

  private async summary(
    asker: Asker,
    row: ConversationRow,
    labels: readonly LabelRef[],
    newest?: TextItem,
  ): Promise<ConversationSummary> {
    const { id, subjectId, inboxId, state, assigneeId, snoozedUntil, lastAt, waitingSince, seq, revision } = row;
    const { inboxName, assigneeName } = await this.names.of(asker.tenantId, inboxId, assigneeId);
    return {
      id,
      subjectId,
      inboxId,
      inboxName,
      state,
      snoozedUntil,
      assigneeId,
      assigneeName,
      handle: personHandle(subjectId),
      ...(newest ? previewOf(newest) : {}),
      lastAt,
      seq,
      revision,
      unread: Math.max(0, seq - row.readSeq),
      labels,
      waitingSince,
    };
  }
}

function previewOf({ author, text, withheld }: TextItem): Pick<ConversationSummary, 'preview' | 'withheld'> {
  return withheld === undefined ? { preview: { from: author.kind, text: text.slice(0, 200) } } : { withheld };
}
