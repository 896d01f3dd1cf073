import type { ScheduledRefusal } from '@libs/contracts';
import { DATABASE, type Database } from '@libs/database';
import { FIELD_CIPHER, type FieldCipher, field } from '@libs/privacy';
import { currentTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import { BODY_PURPOSES } from '../messages/message-text.js';
import { toBuffer } from '../messages/stored-sends.js';
import { MOST_SCHEDULED } from './scheduled-reply.errors.js';
import { customerWrote } from './scheduled-reply-step.js';

const BODY = field('chat_scheduled_reply', 'body', 'content', BODY_PURPOSES, 'chat.message');
const PURPOSE = 'support-conversation';

interface RawRow {
  readonly id: string;
  readonly conversation_id: string;
  readonly subject_id: string;
  readonly author_id: string;
  readonly body: Buffer;
  readonly due_at: number | string;
  readonly base_seq: number | string;
  readonly version: number | string;
  readonly state: 'pending' | 'refused';
  readonly refusal: ScheduledRefusal | null;
}

/** A reply that waits, or could not be sent. */
export interface ScheduledRow {
  readonly id: string;
  readonly conversationId: string;
  readonly subjectId: string;
  readonly authorId: string;
  readonly body: Buffer;
  readonly dueAt: number;
  readonly baseSeq: number;
  readonly version: number;
  readonly state: 'pending' | 'refused';
  readonly refusal: ScheduledRefusal | null;
}

const SELECT =
  'SELECT id, conversation_id, subject_id, author_id, body, due_at, base_seq, version, state, refusal ' +
  'FROM chat_scheduled_reply WHERE tenant_id = ?';

/** Reads scheduled replies of the tenant of the context; seals and opens their texts. */
@Injectable()
export class ScheduledRows {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(FIELD_CIPHER) private readonly cipher: FieldCipher,
  ) {}

  /** All of a conversation, the next one first. */
  async of(conversationId: string): Promise<readonly ScheduledRow[]> {
    const sql = `${SELECT} AND conversation_id = ? ORDER BY due_at, id LIMIT ${MOST_SCHEDULED * 2}`;
    const rows = await this.database.reader.all<RawRow>(sql, [currentTenant().tenantId, conversationId]);
    return rows.map(rowOf);
  }

  async find(id: string): Promise<ScheduledRow | undefined> {
    const [row] = await this.database.reader.all<RawRow>(`${SELECT} AND id = ?`, [currentTenant().tenantId, id]);
    return row && rowOf(row);
  }

  /** True where the customer wrote after it was scheduled. */
  overtaken({ conversationId, baseSeq }: Pick<ScheduledRow, 'conversationId' | 'baseSeq'>): Promise<boolean> {
    return customerWrote(this.database.reader, currentTenant().tenantId, conversationId, baseSeq);
  }

  /** The key must be in memory. */
  seal({ id, subjectId }: Pick<ScheduledRow, 'id' | 'subjectId'>, text: string): Buffer {
    return this.cipher.seal(currentTenant().tenantId, subjectId, BODY, id, text, PURPOSE);
  }

  /** Opens the text; whoever asks knows that it may be read. */
  async open({ id, subjectId, body }: ScheduledRow): Promise<string> {
    const { tenantId } = currentTenant();
    await this.cipher.load(tenantId, [subjectId], BODY.group);
    return this.cipher.open(tenantId, subjectId, BODY, id, body, PURPOSE);
  }
}

function rowOf(row: RawRow): ScheduledRow {
  const { id, state, refusal } = row;
  return {
    ...{ id, state, refusal, conversationId: row.conversation_id, subjectId: row.subject_id, authorId: row.author_id },
    ...{ body: toBuffer(row.body), dueAt: Number(row.due_at), baseSeq: Number(row.base_seq) },
    version: Number(row.version),
  };
}
