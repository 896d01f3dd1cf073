// `npm run account:reset -- --email <address>`: a link that sets a new password, for a last owner who has lost theirs.
// Stop the server first (one user per folder).
import { runServerCommand } from './setup/run-command.mjs';

runServerCommand('account:reset');
