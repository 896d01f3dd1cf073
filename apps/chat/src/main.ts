import 'reflect-metadata';
import { startOrExit } from '@libs/http';
import { bootService } from '@libs/platform';
import { ChatModule, chatMigrations } from './index.js';

await startOrExit(() =>
  bootService({
    name: 'chat',
    modules: [ChatModule],
    migrations: chatMigrations,
  }),
);
