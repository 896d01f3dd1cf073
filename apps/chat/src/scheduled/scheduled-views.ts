import type { ScheduledReply } from '@libs/contracts';
import { PersonalGate } from '@libs/privacy';
import { Inject, Injectable } from '@nestjs/common';
import type { ConversationRow } from '../conversations/conversation.repository.js';
import type { Asker } from '../conversations/conversation.service.js';
import { LiveViews } from '../live-view/live-views.js';
import { MEMBER_NAMES, type MemberNames } from '../stream/member-names.js';
import { CODES, MASKED } from '../stream/stream-reader.js';
import { type ScheduledRow, ScheduledRows } from './scheduled-rows.js';

type Text = Pick<ScheduledReply, 'text' | 'withheld' | 'masked'>;

/** Scheduled replies as members see them: each text as far as the role and the person's decisions let it be read. */
@Injectable()
export class ScheduledViews {
  constructor(
    private readonly rows: ScheduledRows,
    private readonly gate: PersonalGate,
    private readonly looks: LiveViews,
    @Inject(MEMBER_NAMES) private readonly names: MemberNames,
  ) {}

  async of(
    asker: Asker,
    conversation: ConversationRow,
    rows: readonly ScheduledRow[],
  ): Promise<readonly ScheduledReply[]> {
    if (rows.length === 0) return [];
    // A supervisor sees what a colleague has not even sent.
    await this.looks.glance(asker, conversation);
    const names = await this.names.nameOf(asker.tenantId, [...new Set(rows.map(({ authorId }) => authorId))]);
    return Promise.all(rows.map((row) => this.viewOf(asker, row, names)));
  }

  async one(asker: Asker, conversation: ConversationRow, row: ScheduledRow): Promise<ScheduledReply> {
    return (await this.of(asker, conversation, [row]))[0]!;
  }

  private async viewOf(asker: Asker, row: ScheduledRow, names: ReadonlyMap<string, string>): Promise<ScheduledReply> {
    const { id, authorId, dueAt, version } = row;
    // What the time will find is said before it has come.
    const overtaken = row.refusal === null && (await this.rows.overtaken(row));
    return {
      ...{ id, author: { id: authorId, name: names.get(authorId) ?? null }, dueAt, version },
      ...{ refused: overtaken ? 'customer-wrote' : row.refusal, ...(await this.textOf(asker, row)) },
    };
  }

  private async textOf({ tenantId, role }: Asker, row: ScheduledRow): Promise<Text> {
    const { subjectId } = row;
    const asked = { tenantId, role, purpose: 'support-conversation' } as const;
    const face = (await this.gate.decisions(asked, [subjectId], [CODES.message])).get(subjectId)!.get(CODES.message)!;
    if (face.face === 'withheld') return { text: '', withheld: face.reason };
    if (face.face === 'no-permission') return { text: '', withheld: 'no-permission' };
    if (face.face === 'masked') return { text: MASKED, masked: true };
    return { text: await this.rows.open(row) };
  }
}
