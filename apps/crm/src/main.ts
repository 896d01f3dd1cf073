import 'reflect-metadata';
import { startOrExit } from '@libs/http';
import { bootService } from '@libs/platform';
import { CrmContactFields1790000000021, CrmModule, CrmTables1790000000020 } from './index.js';

await startOrExit(() =>
  bootService({
    name: 'crm',
    modules: [CrmModule],
    migrations: [CrmTables1790000000020, CrmContactFields1790000000021],
  }),
);
