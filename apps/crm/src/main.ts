import 'reflect-metadata';
import { startOrExit } from '@libs/http';
import { bootService } from '@libs/platform';
import { CrmModule, CrmTables1790000000020 } from './index.js';

await startOrExit(() => bootService({ name: 'crm', modules: [CrmModule], migrations: [CrmTables1790000000020] }));
