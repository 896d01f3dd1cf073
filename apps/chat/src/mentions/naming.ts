import { LIMITS } from '@libs/contracts';
import type { JournalEntry, Step } from '@libs/database';
import { UserError } from '@libs/kernel';
import { Injectable } from '@nestjs/common';
import { ColleagueList } from '../conversations/colleagues.js';
import type { SendItem } from '../stream/stream-items.js';
import { mentionStep } from './mention-step.js';

/** What goes along with a send in its write set. */
export type Along = (item: SendItem) => { readonly steps: readonly Step[]; readonly journal: readonly JournalEntry[] };

/** Checks whom a note names, before anything is written. */
@Injectable()
export class Naming {
  constructor(private readonly colleagues: ColleagueList) {}

  /** What the note brings along; nothing where it names nobody but its author. */
  async along(tenantId: string, authorId: string, memberIds: readonly string[]): Promise<Along | undefined> {
    const ids = [...new Set(memberIds)].filter((id) => id !== authorId);
    if (ids.length > LIMITS.mentions) throw tooMany();
    for (const id of ids) await this.colleagues.require(tenantId, id);
    if (ids.length === 0) return undefined;
    return (note) => ({
      steps: [mentionStep.step({ note, authorId, memberIds: ids })],
      journal: ids.map((memberId) => entryOf(note, memberId)),
    });
  }
}

function entryOf(note: SendItem, memberId: string): JournalEntry {
  return {
    ...{ kind: 'chat.member-mentioned.v1', subjectId: note.subjectId, resource: `conversation:${note.conversationId}` },
    ...{ fields: 'mentions,participants', commitment: null },
    detail: () => ({ revision: note.outcome!.revision, memberId }),
  };
}

const tooMany = (): UserError =>
  new UserError('chat.too-many-mentions', 'A note names 20 members at most', {
    status: 422,
    details: { limit: LIMITS.mentions },
  });
