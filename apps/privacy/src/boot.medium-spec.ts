import { AuthModule } from '@libs/auth';
import { bootstrapService } from '@libs/http';
import { platformModule } from '@libs/platform';
import { describeColumns, openTestPlatform } from '@libs/testing';
import { expect, it } from 'vitest';
import { PrivacyDeskModule } from './index.js';

class Root {}

describeColumns('privacy on $column', (column) => {
  it('boots alone, is alive and ready, and lets nobody in without a session', async () => {
    const world = await openTestPlatform({ column });
    const { config, log } = world.platform;
    const module = { module: Root, imports: [platformModule(world.platform), AuthModule, PrivacyDeskModule] };
    const service = await bootstrapService({ name: 'privacy', module, config, log, listen: false });
    const status = async (url: string) => (await service.app.inject({ method: 'GET', url })).statusCode;
    expect(await status('/healthz')).toBe(200);
    expect(await status('/readyz')).toBe(200);
    expect(await status('/api/v1/privacy/anything')).toBe(404);
    for (const route of ['register', 'consents', 'reads', 'approvals']) {
      expect(await status(`/api/v1/privacy/${route}`)).toBe(401);
    }
    await service.close();
    await world.close();
  });
});
