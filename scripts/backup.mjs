// `npm run backup -- --to <folder> [--keys-to <folder>]`: database and objects as they are at one moment, and the wrapped
// keys apart from them. The server may run. See docs/operation.md.
import { runServerCommand } from './setup/run-command.mjs';

runServerCommand('backup');
