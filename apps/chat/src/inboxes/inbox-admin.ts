import type { Notice } from '@libs/contracts';
import { UnitOfWork } from '@libs/database';
import { announce } from '@libs/events';
import { CLOCK, type Clock, newId, randomToken } from '@libs/kernel';
import { textHash } from '@libs/privacy-core';
import { Inject, Injectable } from '@nestjs/common';
import type { InboxLook } from './inbox-directory.js';

/** A notice as the tenant writes it: the facts and the full text. */
export type NoticeText = Omit<Notice, 'version' | 'hash'>;

/** What an inbox begins with. */
export interface NewInbox {
  readonly tenantId: string;
  readonly name: string;
  readonly origins: readonly string[];
  readonly look: InboxLook;
  /** By language; all languages get the same version. */
  readonly notices: Readonly<Record<string, NoticeText>>;
  /** Where the business is reached. */
  readonly contact?: string;
}

/** Makes an inbox that is in use at once: for the demo, the bench and tests. Members use `InboxService`. */
@Injectable()
export class InboxAdmin {
  constructor(
    private readonly work: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** An inbox in use, with version 1 of its notice; answers its public key. */
  async create(inbox: NewInbox): Promise<{ id: string; key: string }> {
    const { tenantId } = inbox;
    const id = newId();
    const key = randomToken(12);
    const now = this.clock.now();
    const actor = { kind: 'system', id: 'setup' } as const;
    await this.work.run({ tenantId, actor, purpose: 'service-account', correlationId: id }, async ({ tx, record }) => {
      await tx.insert(
        'chat_inbox',
        [
          ...['tenant_id', 'id', 'public_key', 'name', 'origins', 'look', 'active', 'version'],
          ...['created_at', 'attested_at', 'identity_mode', 'business_contact', 'complaint_contact'],
        ],
        [
          [
            ...[tenantId, id, key, inbox.name, inbox.origins.join('\n'), JSON.stringify(inbox.look), 1, 1],
            ...[now, now, 'off', inbox.contact ?? inbox.look.businessName, ''],
          ],
        ],
      );
      const notices = Object.entries(inbox.notices).map(([locale, text]) => {
        const body = JSON.stringify(text);
        return [tenantId, id, 1, locale, textHash(body), body, now];
      });
      await tx.insert('chat_notice', ['tenant_id', 'inbox_id', 'version', 'locale', 'hash', 'body', 'at'], notices);
      await announce(tx, { kind: 'origin', tenantId, ref: id });
      record({
        kind: 'chat.inbox-created.v1',
        subjectId: null,
        resource: `inbox:${id}`,
        fields: 'name,origins,look,notice',
        commitment: null,
      });
    });
    return { id, key };
  }
}
