import type { DraftKeep, DraftVersion, KeptDraft } from '@libs/contracts';
import { DATABASE, type Database } from '@libs/database';
import { CLOCK, type Clock } from '@libs/kernel';
import { FIELD_CIPHER, type FieldCipher, type FieldSpec, field, groundRefused } from '@libs/privacy';
import { currentTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import type { ConversationRow } from '../conversations/conversation.repository.js';
import { type Asker, ConversationService } from '../conversations/conversation.service.js';
import { BODY_PURPOSES } from '../messages/message-text.js';
import { SendService } from '../messages/send.service.js';
import { toBuffer } from '../messages/stored-sends.js';
import { ChatWrites } from '../stream/chat-writes.js';
import { type DraftItem, DraftStep } from './draft-step.js';

const MESSAGE_DRAFT = field('chat_draft', 'message', 'content', BODY_PURPOSES, 'chat.message');
const NOTE_DRAFT = field('chat_draft', 'note', 'content', BODY_PURPOSES, 'chat.note');
const PURPOSE = 'support-conversation';

interface DraftRow {
  readonly version: number | string;
  readonly message: Buffer | null;
  readonly note: Buffer | null;
}

/**
 * Drafts that follow a member to another device (F-0304). They lie under the same key, consent and read scope as the
 * conversation, so they go with the person; nobody but their author reads them.
 */
@Injectable()
export class DraftService {
  private readonly step: DraftStep;

  constructor(
    private readonly conversations: ConversationService,
    private readonly sends: SendService,
    private readonly writes: ChatWrites,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(FIELD_CIPHER) private readonly cipher: FieldCipher,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.step = new DraftStep(clock);
  }

  async find(asker: Asker, id: string): Promise<KeptDraft> {
    const conversation = await this.conversations.require(asker, id);
    const [row] = await this.database.reader.all<DraftRow>(
      'SELECT version, message, note FROM chat_draft WHERE tenant_id = ? AND conversation_id = ? AND member_id = ?',
      [currentTenant().tenantId, id, asker.memberId],
    );
    if (!row) return { message: '', note: '', version: 0 };
    await this.allowed(asker, conversation);
    const open = (spec: FieldSpec, sealed: Buffer | null) =>
      sealed === null
        ? ''
        : this.cipher.open(asker.tenantId, conversation.subjectId, spec, placeOf(asker, id), toBuffer(sealed), PURPOSE);
    return {
      ...{ message: open(MESSAGE_DRAFT, row.message), note: open(NOTE_DRAFT, row.note) },
      version: Number(row.version),
    };
  }

  async keep(asker: Asker, id: string, { message, note, base }: DraftKeep): Promise<DraftVersion> {
    const conversation = await this.conversations.require(asker, id);
    const { tenantId, memberId, correlationId } = asker;
    const { subjectId } = conversation;
    await this.allowed(asker, conversation);
    const seal = (spec: FieldSpec, text: string) =>
      text === ''
        ? null
        : this.cipher.seal(tenantId, subjectId, spec, placeOf(asker, id), text.toWellFormed(), PURPOSE);
    const item: DraftItem = {
      ...{ conversationId: id, memberId, subjectId, base },
      ...{ message: seal(MESSAGE_DRAFT, message), note: seal(NOTE_DRAFT, note) },
    };
    await this.writes.commit({
      ...{ tenantId, authorId: memberId, subjectId, correlationId },
      steps: [this.writes.subjects.step({ subjectId }), this.step.step(item)],
      journal: [
        {
          ...{ kind: 'chat.draft-kept.v1', subjectId, resource: `conversation:${id}` },
          ...{ fields: 'draft', commitment: null },
          detail: () => ({ version: base + 1 }),
        },
      ],
    });
    return { version: base + 1 };
  }

  /** Refuses where texts of this person may not be used now; the key is in memory afterwards. */
  private async allowed({ tenantId }: Asker, { subjectId }: ConversationRow): Promise<void> {
    const ground = await this.sends.settle({ tenantId, subjectId, op: 'message' });
    if (!ground.allowed) throw groundRefused(ground);
  }
}

/** Row part of the binding. */
function placeOf({ memberId }: Asker, conversationId: string): string {
  return `${conversationId}/${memberId}`;
}
