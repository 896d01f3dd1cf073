import type { InboxAct, InboxSecretMade } from '@libs/contracts';
import { DATABASE, type Database } from '@libs/database';
import { CLOCK, type Clock, newId, randomToken } from '@libs/kernel';
import { fieldAad, openField, sealField } from '@libs/privacy-core';
import { runInTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import { InboxChanges, type InboxEditor } from '../inboxes/inbox-changes.js';
import { InboxViews } from '../inboxes/inbox-views.js';
import { SUBJECT_KEYS, type TenantKeys } from '../widget-sessions/visitor-keys.js';
import { identityErrors } from './identity.errors.js';
import { readSecrets } from './secret-rows.js';

/** How long older secrets sign after a new one was made: time to put it into the site. */
const OVERLAP_MS = 24 * 3_600_000;
const SECRET_BYTES = 32;
const KEY = 'inbox-secret:1';

/** Secrets with which the embedding site signs its visitors: sealed, shown once. */
@Injectable()
export class InboxSecrets {
  constructor(
    private readonly changes: InboxChanges,
    private readonly views: InboxViews,
    @Inject(DATABASE) private readonly database: Database,
    @Inject(SUBJECT_KEYS) private readonly keys: TenantKeys,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A new secret; the ones before live for a day more, or until they would have ended anyway. */
  async make(by: InboxEditor, inboxId: string, { version }: InboxAct): Promise<InboxSecretMade> {
    const { tenantId } = by;
    const [id, secret, createdAt] = [newId(), randomToken(SECRET_BYTES), this.clock.now()];
    const key = await this.keys.tenantKey(tenantId, KEY);
    const sealed = sealField(key, aadOf(tenantId, id), Buffer.from(secret, 'utf8'));
    await this.changes.commit(by, {
      ...{ id: inboxId, version, kind: 'chat.inbox-secret-made.v1' },
      act: async (tx, _before, now) => {
        await tx.run(
          'UPDATE chat_inbox_secret SET expires_at = ? WHERE tenant_id = ? AND inbox_id = ? AND (expires_at IS NULL OR expires_at > ?)',
          [...[now + OVERLAP_MS, tenantId, inboxId, now + OVERLAP_MS]],
        );
        await tx.insert(
          'chat_inbox_secret',
          ['tenant_id', 'id', 'inbox_id', 'sealed', 'created_at', 'expires_at'],
          [[tenantId, id, inboxId, sealed, createdAt, null]],
        );
        return ['secrets'];
      },
    });
    return { id, createdAt, expiresAt: null, secret, inbox: await this.views.show(tenantId, inboxId) };
  }

  async revoke(by: InboxEditor, inboxId: string, secretId: string, { version }: InboxAct): Promise<void> {
    await this.changes.commit(by, {
      ...{ id: inboxId, version, kind: 'chat.inbox-secret-revoked.v1' },
      act: async (tx) => {
        const gone = await tx.run('DELETE FROM chat_inbox_secret WHERE tenant_id = ? AND inbox_id = ? AND id = ?', [
          ...[by.tenantId, inboxId, secretId],
        ]);
        if (gone === 0) throw identityErrors.secretNotFound();
        return ['secrets'];
      },
    });
  }

  /** The secrets that sign for an inbox now, to be used at once. Read each time: a revoked one ends everywhere at once. */
  async signing(tenantId: string, inboxId: string): Promise<readonly Buffer[]> {
    const key = await this.keys.tenantKey(tenantId, KEY);
    const context = { tenantId, actor: { kind: 'system', id: 'inbox-secrets' }, correlationId: inboxId } as const;
    const now = this.clock.now();
    const rows = await runInTenant(context, () => readSecrets(this.database.reader, tenantId, inboxId, now));
    return rows.map(({ id, sealed }) => openField(key, aadOf(tenantId, id), Buffer.from(sealed as Buffer)));
  }
}

function aadOf(tenantId: string, id: string): string {
  return fieldAad(tenantId, 'tenant', 'chat_inbox_secret', 'sealed', id);
}
