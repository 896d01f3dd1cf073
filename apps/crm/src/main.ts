import 'reflect-metadata';
import { startOrExit } from '@libs/http';
import { bootService } from '@libs/platform';
import { CrmModule, crmMigrations } from './index.js';

await startOrExit(() =>
  bootService({
    name: 'crm',
    modules: [CrmModule],
    migrations: crmMigrations,
  }),
);
