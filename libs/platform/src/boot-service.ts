import { loggedAs, networkLogHook } from '@libs/audit';
import { AuthModule } from '@libs/auth';
import { assertStartable, loadConfig } from '@libs/config';
import type { MigrationClass } from '@libs/database';
import { bootstrapService, callerOf, type RunningService, type ServiceOptions } from '@libs/http';
import type { DynamicModule, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { countDemoLogins } from './demo-logins.js';
import { openPlatform, type Platform } from './platform.js';
import { platformModule } from './platform.module.js';

/** What one process is made of. */
export interface BootOptions extends Pick<ServiceOptions, 'sites' | 'crossOrigin' | 'configure'> {
  readonly name: string;
  readonly modules: readonly (Type | DynamicModule)[];
  readonly migrations: readonly MigrationClass[];
  /** Runs when the stores are open and before the port is: seeds, upkeep. */
  prepare?(platform: Platform): Promise<void>;
}

/** Starts one process with the modules of one service, or of several. */
export async function bootService(options: BootOptions): Promise<RunningService & { readonly platform: Platform }> {
  const { name, modules, migrations, prepare, sites, crossOrigin } = options;
  const config = loadConfig();
  // Before anything is opened, made or seeded: a refused start leaves nothing behind.
  assertStartable(config);
  const platform = await openPlatform({ config, migrations });
  try {
    // What the stores hold decides too: a database that was a demo is no production.
    if (config.profile === 'production') assertStartable(config, { demoLogins: await countDemoLogins(platform) });
    await prepare?.(platform);
    const configure = async (app: NestFastifyApplication): Promise<void> => {
      logRequests(app, platform);
      await options.configure?.(app);
    };
    const module = { module: ServiceModules, imports: [platformModule(platform), AuthModule, ...modules] };
    const service = await bootstrapService({
      name,
      module,
      config,
      log: platform.log,
      clock: platform.clock,
      configure,
      ...(sites ? { sites } : {}),
      ...(crossOrigin ? { crossOrigin } : {}),
    });
    return { ...service, platform };
  } catch (error) {
    await platform.close();
    throw error;
  }
}

class ServiceModules {}

/** One row of the network log per request of a known caller (F-1406). */
export function logRequests(app: NestFastifyApplication, { networkLog }: Platform): void {
  const server: FastifyInstance = app.getHttpAdapter().getInstance();
  const hook = networkLogHook<FastifyRequest>(networkLog, (request) => loggedAs(request) ?? callerOf(request));
  server.addHook('onRequest', hook.onRequest);
  server.addHook('onResponse', hook.onResponse);
}
