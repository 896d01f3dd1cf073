import 'reflect-metadata';
import { startOrExit } from '@libs/http';
import { bootService } from '@libs/platform';
import { AccountModule, consoleSite } from './index.js';

await startOrExit(() =>
  bootService({ name: 'account', modules: [AccountModule], migrations: [], sites: { console: consoleSite } }),
);
