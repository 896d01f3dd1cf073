import 'reflect-metadata';
import { startOrExit } from '@libs/http';
import { bootService } from '@libs/platform';
import { ChatModule, ChatTables1790000000010, InboxTables1790000000140, workMigrations } from './index.js';

await startOrExit(() =>
  bootService({
    name: 'chat',
    modules: [ChatModule],
    migrations: [ChatTables1790000000010, InboxTables1790000000140, ...workMigrations],
  }),
);
