import { InvalidationFeed } from '@libs/events';
import { ManualClock } from '@libs/kernel';
import { describeColumns, openTestPlatform, type TestPlatform } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chatMigrations } from '../migrations/chat-migrations.js';
import { InboxAdmin } from './inbox-admin.js';
import { InboxChanges } from './inbox-changes.js';

const TEN_MINUTES_MS = 600_000;

describeColumns('changes of inboxes on $column', (column) => {
  let world: TestPlatform;
  beforeAll(async () => {
    world = await openTestPlatform({ column, migrations: chatMigrations });
  });
  afterAll(() => world?.close());

  it('C6 F-0303 other processes hear of a change, though the clock of the one that made it is slow', async () => {
    const { work, database } = world.platform;
    const [tenantId] = world.tenants;
    const slow = new ManualClock(Date.now() - TEN_MINUTES_MS);
    const there = new InvalidationFeed(database);
    const heard: string[] = [];
    there.onRow(({ kind, ref, again }) => {
      if (kind === 'origin' && !again) heard.push(ref);
    });
    const look = {
      ...{ businessName: 'Shop', theme: { brand: '#000000' }, locales: ['en'], greeting: { en: '' }, phone: '' },
    } as never;
    const made = { tenantId, name: 'shop', origins: ['https://shop.example'], look, notices: {} };
    const { id } = await new InboxAdmin(work, slow).create(made);
    await there.poll();
    expect(heard).toEqual([id]);
    const changes = new InboxChanges(work, world.platform.feed, slow);
    const off = async (tx: Parameters<Parameters<typeof work.upkeep>[0]>[0]): Promise<readonly string[]> => {
      await tx.run('UPDATE chat_inbox SET active = 0 WHERE tenant_id = ? AND id = ?', [tenantId, id]);
      return ['active'];
    };
    const by = { tenantId, memberId: 'member', correlationId: 'test' };
    await changes.commit(by, { id, version: 1, kind: 'chat.inbox-switched-off.v1', act: off });
    await there.poll();
    expect(heard).toEqual([id, id]);
  });
});
