// `npm run account:second-factor-remove -- --email <address>`: for the last admin who has lost phone and recovery codes.
// On SQLite stop the server first (one user per folder).
import { runServerCommand } from './setup/run-command.mjs';

runServerCommand('account:second-factor-remove');
