import type { AgentSent } from '@libs/contracts';
import { DATABASE, type Database } from '@libs/database';
import { FIELD_CIPHER, type FieldCipher } from '@libs/privacy';
import { runInTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import { streamErrors } from '../stream/stream.errors.js';
import { bodyRow, MESSAGE_BODY, NOTE_BODY } from './message-text.js';
import type { CheckedSend } from './send.service.js';

interface StoredRow {
  readonly seq: number | string | null;
  readonly revision: number | string;
  readonly at: number | string;
  readonly author_id: string | null;
  readonly body: Buffer;
}

/** Looks up what a resend had stored (design 8): the same body gets the same answer, another body is refused. */
@Injectable()
export class StoredSends {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    @Inject(FIELD_CIPHER) private readonly cipher: FieldCipher,
  ) {}

  /** The stored result of `send`; `chat.sender-reused` where the number carried something else. */
  async find(send: CheckedSend): Promise<AgentSent> {
    const row = await this.row(send);
    if (!row || row.author_id !== send.authorId) throw streamErrors.senderReused();
    const { tenantId, subjectId, conversationId, sender, number } = send;
    await this.cipher.load(tenantId, [subjectId], 'content');
    const spec = send.op === 'message' ? MESSAGE_BODY : NOTE_BODY;
    const text = this.cipher.open(
      tenantId,
      subjectId,
      spec,
      bodyRow(conversationId, sender, number),
      toBuffer(row.body),
      'support-conversation',
    );
    if (text !== send.text) throw streamErrors.senderReused();
    return { seq: row.seq === null ? null : Number(row.seq), revision: Number(row.revision), at: Number(row.at) };
  }

  private async row(send: CheckedSend): Promise<StoredRow | undefined> {
    const { tenantId, conversationId, sender, number } = send;
    const table = send.op === 'message' ? 'chat_message' : 'chat_change';
    const context = { tenantId, actor: { kind: 'system', id: 'resend' }, correlationId: send.correlationId } as const;
    const rows = await runInTenant(context, () =>
      this.database.reader.all<StoredRow>(
        `SELECT seq, revision, at, author_id, body FROM ${table} ` +
          'WHERE tenant_id = ? AND conversation_id = ? AND sender_id = ? AND send_number = ? LIMIT 1',
        [tenantId, conversationId, sender, number],
      ),
    );
    return rows[0];
  }
}

/** libsql answers blobs as Buffer or Uint8Array, depending on the call. */
export function toBuffer(value: Buffer | Uint8Array): Buffer {
  return Buffer.isBuffer(value) ? value : Buffer.from(value);
}
