import type { RunningService } from '@libs/http';
import { bootService, type Platform } from '@libs/platform';
import { AccountModule, consoleSite } from '../../account/src/index.js';
import { ChatModule, chatMigrations, widgetCrossOrigin, widgetSite } from '../../chat/src/index.js';
import { CrmModule, crmMigrations } from '../../crm/src/index.js';
import { PrivacyDeskModule } from '../../privacy/src/index.js';
import { TicketModule } from '../../ticket/src/index.js';
import { seedBench } from './demo/bench.js';
import { announceDemo, seedDemo, serveShop } from './demo/demo.js';
import type { Seeded } from './demo/seed.js';

/** Tables of all five services. */
export const standaloneMigrations = [...chatMigrations, ...crmMigrations];
/** The five services. */
export const standaloneModules = [AccountModule, ChatModule, TicketModule, CrmModule, PrivacyDeskModule];

/** All five services in one process, with the demo's shop beside them. */
export async function startStandalone(): Promise<RunningService> {
  const opened: { platform?: Platform; seeded?: Seeded | undefined } = {};
  const service = await bootService({
    name: 'standalone',
    modules: standaloneModules,
    migrations: standaloneMigrations,
    prepare: async (platform) => {
      opened.platform = platform;
      const { profile } = platform.config;
      if (profile === 'demo') opened.seeded = await seedDemo(platform);
      if (profile === 'bench') await seedBench(platform);
    },
    sites: { console: consoleSite, widget: widgetSite },
    crossOrigin: widgetCrossOrigin,
    configure: async (app) => {
      if (opened.platform?.config.profile === 'demo') await serveShop(app, opened.platform);
    },
  });
  if (service.platform.config.profile === 'demo') process.stdout.write(announceDemo(service.platform, opened.seeded));
  return service;
}
