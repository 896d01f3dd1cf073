import 'reflect-metadata';
import { startOrExit } from '@libs/http';
import { bootService } from '@libs/platform';
import { PrivacyDeskModule } from './index.js';

await startOrExit(() => bootService({ name: 'privacy', modules: [PrivacyDeskModule], migrations: [] }));
