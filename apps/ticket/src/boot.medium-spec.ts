import { AuthModule } from '@libs/auth';
import { bootstrapService } from '@libs/http';
import { platformModule } from '@libs/platform';
import { describeColumns, openTestPlatform } from '@libs/testing';
import { expect, it } from 'vitest';
import { TicketModule } from './index.js';

class Root {}

describeColumns('ticket on $column', (column) => {
  it('boots alone, is alive and ready, and has no endpoint of its own', async () => {
    const world = await openTestPlatform({ column });
    const { config, log } = world.platform;
    const module = { module: Root, imports: [platformModule(world.platform), AuthModule, TicketModule] };
    const service = await bootstrapService({ name: 'ticket', module, config, log, listen: false });
    const status = async (url: string) => (await service.app.inject({ method: 'GET', url })).statusCode;
    expect(await status('/healthz')).toBe(200);
    expect(await status('/readyz')).toBe(200);
    expect(await status('/api/v1/ticket/anything')).toBe(404);
    await service.close();
    await world.close();
  });
});
