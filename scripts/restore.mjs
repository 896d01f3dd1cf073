// `npm run restore -- --from <folder> [--keys-from <folder>] [--replace]`: puts a backup back. Stop the server first.
// See docs/operation.md.
import { runServerCommand } from './setup/run-command.mjs';

runServerCommand('restore');
