import { AuthModule } from '@libs/auth';
import { loadConfig } from '@libs/config';
import type { MigrationClass } from '@libs/database';
import { bootstrapService, type RunningService, type ServiceOptions } from '@libs/http';
import type { DynamicModule, Type } from '@nestjs/common';
import { openPlatform, type Platform } from './platform.js';
import { platformModule } from './platform.module.js';

export interface BootOptions extends Pick<ServiceOptions, 'sites' | 'crossOrigin' | 'configure'> {
  readonly name: string;
  readonly modules: readonly (Type | DynamicModule)[];
  readonly migrations: readonly MigrationClass[];
  /** Runs when the stores are open and before the port is: seeds, upkeep. */
  prepare?(platform: Platform): Promise<void>;
}

/** Starts one process with the modules of one service, or of several. */
export async function bootService(options: BootOptions): Promise<RunningService & { readonly platform: Platform }> {
  const { name, modules, migrations, prepare, ...rest } = options;
  const config = loadConfig();
  const platform = await openPlatform({ config, migrations });
  try {
    await prepare?.(platform);
    const module = { module: ServiceModules, imports: [platformModule(platform), AuthModule, ...modules] };
    const service = await bootstrapService({ name, module, config, log: platform.log, clock: platform.clock, ...rest });
    return { ...service, platform };
  } catch (error) {
    await platform.close();
    throw error;
  }
}

class ServiceModules {}
