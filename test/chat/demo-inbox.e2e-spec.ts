import { runInTenant } from '@libs/tenancy';
import { describeColumns, openTestPlatform, type TestPlatform } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { InboxViews } from '../../apps/chat/src/inboxes/inbox-views.js';
import { seedDemo } from '../../apps/standalone/src/demo/demo.js';
import { standaloneMigrations } from '../../apps/standalone/src/standalone.js';

describeColumns('the inbox of a fresh demo on $column', (column) => {
  let world: TestPlatform;
  beforeAll(async () => {
    world = await openTestPlatform({ column, migrations: standaloneMigrations });
  });
  afterAll(() => world?.close());

  it('P-0204 its notice says what the register says: a newcomer is not told to publish another one', async () => {
    const { platform } = world;
    const { tenantId } = (await seedDemo(platform))!;
    const views = new InboxViews(platform.database, platform.privacy.register, platform.config, platform.clock);
    const actor = { kind: 'system', id: 'test' } as const;
    const inbox = await runInTenant({ tenantId, actor, correlationId: 'test' }, async () => {
      const [first] = await views.list(tenantId);
      return views.show(tenantId, first!.id);
    });
    expect(inbox.notice.isPublished).toBe(true);
    expect(inbox).toMatchObject({ state: 'live', missing: [], noticeVersion: 1 });
    expect(Object.keys(inbox.settings.notice).sort()).toEqual(['en', 'zh-CN']);
  });
});
