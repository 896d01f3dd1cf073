import 'reflect-metadata';
import { startOrExit } from '@libs/http';
import { bootService } from '@libs/platform';
import { TicketModule } from './index.js';

await startOrExit(() => bootService({ name: 'ticket', modules: [TicketModule], migrations: [] }));
