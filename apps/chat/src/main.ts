import 'reflect-metadata';
import { startOrExit } from '@libs/http';
import { bootService } from '@libs/platform';
import { ChatModule, chatMigrations, widgetCrossOrigin, widgetSite } from './index.js';

await startOrExit(() =>
  bootService({
    name: 'chat',
    modules: [ChatModule],
    migrations: chatMigrations,
    sites: { widget: widgetSite },
    crossOrigin: widgetCrossOrigin,
  }),
);
