import { lastChange, type Tx, UnitOfWork } from '@libs/database';
import { announce, InvalidationFeed } from '@libs/events';
import { CLOCK, type Clock } from '@libs/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { inboxErrors } from './inbox.errors.js';
import { gapsOf, type InboxRecord, readInbox } from './inbox-rows.js';

/** Who changes an inbox. */
export interface InboxEditor {
  readonly tenantId: string;
  readonly memberId: string;
  readonly correlationId: string;
}

/** One change: of which version, under which names, and what it writes. */
export interface InboxChange {
  readonly id: string;
  readonly version: number;
  readonly kind: string;
  /** Answers the names of the settings that were written. */
  act(tx: Tx, before: InboxRecord, now: number): Promise<readonly string[]>;
}

/** Every change of an inbox goes through here: version, history, journal and feed are one unit of work with it. */
@Injectable()
export class InboxChanges {
  constructor(
    private readonly work: UnitOfWork,
    private readonly feed: InvalidationFeed,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Commits the change, or refuses: 404, 409 `chat.inbox-ended`, 409 `chat.inbox-changed`, 422 `chat.inbox-incomplete`. */
  async commit(by: InboxEditor, change: InboxChange): Promise<void> {
    const { tenantId, memberId, correlationId } = by;
    const actor = { kind: 'member', id: memberId } as const;
    const now = this.clock.now();
    await this.work.run({ tenantId, actor, purpose: 'service-account', correlationId }, async ({ tx, record }) => {
      const before = await this.take(tx, tenantId, change);
      const fields = (await change.act(tx, before, now)).join(',');
      await this.keepComplete(tx, tenantId, before);
      const version = before.version + 1;
      await tx.insert(
        'chat_inbox_change',
        ['tenant_id', 'inbox_id', 'version', 'fields', 'member_id', 'at'],
        [[tenantId, change.id, version, fields, memberId, now]],
      );
      await announce(tx, { kind: 'origin', tenantId, ref: change.id });
      record({
        ...{ kind: change.kind, subjectId: null, resource: `inbox:${change.id}` },
        ...{ fields, detail: () => ({ version }), commitment: null },
      });
    });
    await this.feed.poll();
  }

  /** Takes the next version first: of two at once, one waits and then sees that it came too late. */
  private async take(tx: Tx, tenantId: string, { id, version }: InboxChange): Promise<InboxRecord> {
    const taken = await tx.run(
      'UPDATE chat_inbox SET version = version + 1 WHERE tenant_id = ? AND id = ? AND version = ? AND ended_at IS NULL',
      [tenantId, id, version],
    );
    const found = await readInbox(tx, tenantId, id);
    if (!found) throw inboxErrors.notFound();
    if (found.state === 'ended') throw inboxErrors.ended();
    if (taken === 0) throw await changedSince(tx, tenantId, found, version);
    return { ...found, version };
  }

  /** What an inbox in use needs is not taken away from it. */
  private async keepComplete(tx: Tx, tenantId: string, before: InboxRecord): Promise<void> {
    const after = await readInbox(tx, tenantId, before.id);
    if (after?.state !== 'live') return;
    const lacked = before.state === 'live' ? gapsOf(before) : [];
    const gaps = gapsOf(after).filter((gap) => !lacked.includes(gap));
    if (gaps.length > 0) throw inboxErrors.incomplete(gaps);
  }
}

async function changedSince(tx: Tx, tenantId: string, found: InboxRecord, version: number) {
  const rows = await tx.all<{ fields: string; member_id: string | null; at: number | string }>(
    'SELECT fields, member_id, at FROM chat_inbox_change WHERE tenant_id = ? AND inbox_id = ? AND version > ? ORDER BY version',
    [tenantId, found.id, version],
  );
  const changed = [...new Set(rows.flatMap(({ fields }) => fields.split(',')))].sort().join(',');
  const newest = rows.at(-1);
  return inboxErrors.changed(lastChange(newest?.member_id, newest?.at), { changed, version: found.version });
}
