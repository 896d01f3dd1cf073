import type { InboxAct, InboxDetail, InboxEdit, InboxEnd, InboxSummary } from '@libs/contracts';
import { UnitOfWork } from '@libs/database';
import { CLOCK, type Clock, newId, randomToken } from '@libs/kernel';
import { textHash } from '@libs/privacy-core';
import { Inject, Injectable } from '@nestjs/common';
import { inboxErrors } from './inbox.errors.js';
import { InboxChanges, type InboxEditor } from './inbox-changes.js';
import { gapsOf } from './inbox-rows.js';
import { checkedEdit, checkedName, firstLook } from './inbox-settings.js';
import { InboxViews } from './inbox-views.js';

const MOST_INBOXES = 100;

/** What members do with their inboxes. Made as a draft; ended, never deleted (decision 0008). */
@Injectable()
export class InboxService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly changes: InboxChanges,
    private readonly views: InboxViews,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  list(tenantId: string): Promise<readonly InboxSummary[]> {
    return this.views.list(tenantId);
  }

  show(tenantId: string, id: string): Promise<InboxDetail> {
    return this.views.show(tenantId, id);
  }

  async create(by: InboxEditor, wish: { readonly name: string }): Promise<InboxDetail> {
    const { tenantId, memberId, correlationId } = by;
    const [id, key, name, now] = [newId(), randomToken(12), checkedName(wish.name), this.clock.now()];
    const actor = { kind: 'member', id: memberId } as const;
    await this.work.run({ tenantId, actor, purpose: 'service-account', correlationId }, async ({ tx, record }) => {
      const [{ many } = { many: 0 }] = await tx.all<{ many: number | string }>(
        'SELECT COUNT(*) AS many FROM chat_inbox WHERE tenant_id = ? AND ended_at IS NULL',
        [tenantId],
      );
      if (Number(many) >= MOST_INBOXES) throw inboxErrors.tooMany();
      await tx.insert(
        'chat_inbox',
        [
          ...['tenant_id', 'id', 'public_key', 'name', 'origins', 'look', 'active', 'version'],
          ...['created_at', 'identity_mode', 'business_contact', 'complaint_contact'],
        ],
        [[tenantId, id, key, name, '', JSON.stringify(firstLook()), 0, 1, now, 'off', '', '']],
      );
      record({
        ...{ kind: 'chat.inbox-created.v1', subjectId: null, resource: `inbox:${id}` },
        ...{ fields: 'name', commitment: null },
      });
    });
    return this.show(tenantId, id);
  }

  /** Changes what the edit names; 422 `http.invalid-input` names each setting of a wrong form. */
  async edit(by: InboxEditor, id: string, { version, ...edit }: InboxEdit): Promise<InboxDetail> {
    await this.changes.commit(by, {
      ...{ id, version, kind: 'chat.inbox-changed.v1' },
      act: async (tx, before) => {
        const { fields, columns } = checkedEdit(before, edit);
        const names = Object.keys(columns);
        if (names.length > 0) {
          const set = names.map((name) => `${name} = ?`).join(', ');
          await tx.run(`UPDATE chat_inbox SET ${set} WHERE tenant_id = ? AND id = ?`, [
            ...[...Object.values(columns), by.tenantId, id],
          ]);
        }
        return fields;
      },
    });
    return this.show(by.tenantId, id);
  }

  /** Puts the notice in force that the register and the names make now; the ones before stay readable. */
  async putInForce(by: InboxEditor, id: string, { version }: InboxAct): Promise<InboxDetail> {
    const { notice } = await this.show(by.tenantId, id);
    await this.changes.commit(by, {
      ...{ id, version, kind: 'chat.notice-published.v1' },
      act: async (tx, before, now) => {
        if (gapsOf(before).includes('identity')) throw inboxErrors.incomplete(['identity']);
        if (notice.isPublished) throw inboxErrors.noticeUnchanged();
        const next = Math.max(0, ...Object.values(before.notices).map((one) => one.version)) + 1;
        const rows = Object.entries(notice.notices).map(([locale, text]) => {
          const body = JSON.stringify(text);
          return [by.tenantId, id, next, locale, textHash(body), body, now];
        });
        await tx.insert('chat_notice', ['tenant_id', 'inbox_id', 'version', 'locale', 'hash', 'body', 'at'], rows);
        return ['notice'];
      },
    });
    return this.show(by.tenantId, id);
  }

  /** The business says that it may collect this from its customers (P-0203). */
  async attest(by: InboxEditor, id: string, { version }: InboxAct): Promise<InboxDetail> {
    await this.changes.commit(by, {
      ...{ id, version, kind: 'chat.inbox-attested.v1' },
      act: async (tx, _before, now) => {
        await tx.run('UPDATE chat_inbox SET attested_at = ?, attested_by = ? WHERE tenant_id = ? AND id = ?', [
          ...[now, by.memberId, by.tenantId, id],
        ]);
        return ['attestation'];
      },
    });
    return this.show(by.tenantId, id);
  }

  async switchTo(by: InboxEditor, id: string, { version }: InboxAct, active: boolean): Promise<InboxDetail> {
    await this.changes.commit(by, {
      ...{ id, version, kind: active ? 'chat.inbox-switched-on.v1' : 'chat.inbox-switched-off.v1' },
      act: async (tx) => {
        await tx.run('UPDATE chat_inbox SET active = ? WHERE tenant_id = ? AND id = ?', [
          ...[active ? 1 : 0, by.tenantId, id],
        ]);
        return ['active'];
      },
    });
    return this.show(by.tenantId, id);
  }

  /** Ends it for good: nobody comes in any more, conversations and notices stay. */
  async end(by: InboxEditor, id: string, { version, name }: InboxEnd): Promise<void> {
    await this.changes.commit(by, {
      ...{ id, version, kind: 'chat.inbox-ended.v1' },
      act: async (tx, before, now) => {
        if (name.normalize('NFC').trim() !== before.name) throw inboxErrors.nameDiffers();
        await tx.run('UPDATE chat_inbox SET active = 0, ended_at = ? WHERE tenant_id = ? AND id = ?', [
          ...[now, by.tenantId, id],
        ]);
        await tx.run('DELETE FROM chat_inbox_secret WHERE tenant_id = ? AND inbox_id = ?', [by.tenantId, id]);
        return ['active'];
      },
    });
  }
}
