import { insertRow, type JournalEntry } from '@libs/database';
import { ConsentBook, FIELD_CIPHER, type FieldCipher, SlipUsed } from '@libs/privacy';
import { CONVERSATION_SCOPE } from '@libs/privacy-core';
import { Inject, Injectable } from '@nestjs/common';
import type { Inbox } from '../inboxes/inbox-directory.js';
import { type CheckedSend, SendService, sendEntry } from '../messages/send.service.js';
import { ChatWrites } from '../stream/chat-writes.js';
import type { AgreedSlip } from './consent-slips.js';
import { SUBJECT_KEYS, type SubjectKeys } from './visitor-keys.js';
import { VisitorTokens } from './visitor-tokens.js';

/** Everything the first message of a person brings. */
export interface Birth {
  readonly inbox: Inbox;
  readonly slip: AgreedSlip;
  readonly token: string;
  readonly send: CheckedSend;
}

/**
 * The first message: one write set that creates subject, consent record, visitor token, conversation and message
 * (design 6). Keys are made before, in their own store: an orphan key opens nothing and is swept.
 */
@Injectable()
export class VisitorBirths {
  constructor(
    private readonly writes: ChatWrites,
    private readonly sends: SendService,
    private readonly tokens: VisitorTokens,
    @Inject(SUBJECT_KEYS) private readonly keys: SubjectKeys,
    @Inject(FIELD_CIPHER) private readonly cipher: FieldCipher,
    private readonly consents: ConsentBook,
  ) {}

  /** The stored first message, or undefined when the slip had opened a conversation before. */
  async open({ inbox, slip, token, send }: Birth): Promise<{ seq: number; at: number } | undefined> {
    const { tenantId, subjectId } = send;
    await this.keys.createSubject(tenantId, subjectId, ['content']);
    await this.cipher.load(tenantId, [subjectId], 'content');
    const item = this.sends.sealFirst(send, inbox.id);
    const { subjects, stream } = this.writes;
    try {
      await this.writes.commit({
        ...send,
        steps: [
          subjects.step({ subjectId, create: 'visitor' }),
          await this.consents.birthStep({ tenantId, subjectId, inboxId: inbox.id, slip }),
          stream.step(item),
          insertRow.step(await this.tokens.row(inbox, send, token)),
        ],
        journal: [...birthEntries(send, inbox, slip), sendEntry(item)],
      });
    } catch (error) {
      if (error instanceof SlipUsed) return undefined;
      throw error;
    }
    return { seq: item.outcome!.seq!, at: item.outcome!.at };
  }
}

function birthEntries({ subjectId, conversationId }: CheckedSend, inbox: Inbox, slip: AgreedSlip): JournalEntry[] {
  return [
    {
      kind: 'privacy.subject-created.v1',
      subjectId,
      resource: `subject:${subjectId}`,
      fields: 'kind',
      commitment: null,
    },
    {
      kind: 'privacy.consent-granted.v1',
      subjectId,
      resource: `subject:${subjectId}`,
      fields: 'scope,decision',
      detail: () => ({ scope: CONVERSATION_SCOPE, version: slip.consentVersion }),
      commitment: null,
    },
    {
      kind: 'chat.conversation-opened.v1',
      subjectId,
      resource: `conversation:${conversationId}`,
      fields: 'state',
      detail: () => ({ inboxId: inbox.id }),
      commitment: null,
    },
  ];
}
