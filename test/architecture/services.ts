import 'reflect-metadata';
import { AuthModule } from '@libs/auth';
import { bootstrapService } from '@libs/http';
import { platformModule } from '@libs/platform';
import { openTestPlatform } from '@libs/testing';
import type { DynamicModule, INestApplication, Type } from '@nestjs/common';
import { standaloneMigrations, standaloneModules } from '../../apps/standalone/src/standalone.js';

/** The five services, by the name of their module. */
export const SERVICES: readonly (readonly [string, Type | DynamicModule])[] = standaloneModules.map(
  (module) => [module.name, module] as const,
);

class Root {}

/** Boots modules on a temporary SQLite file without a port, hands the application over and closes it. */
export async function withServices<T>(
  modules: readonly (Type | DynamicModule)[],
  use: (app: INestApplication) => T | Promise<T>,
): Promise<T> {
  const world = await openTestPlatform({ column: 'sqlite', migrations: standaloneMigrations });
  try {
    const { config, log, clock } = world.platform;
    const module = { module: Root, imports: [platformModule(world.platform), AuthModule, ...modules] };
    const service = await bootstrapService({ name: 'gates', module, config, log, clock, listen: false });
    try {
      return await use(service.app);
    } finally {
      await service.close();
    }
  } finally {
    await world.close();
  }
}
