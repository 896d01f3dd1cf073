// `npm run demo:password`: new random passwords for the demo's members. Stop the server first (one user per folder).
import { runServerCommand } from './setup/run-command.mjs';

runServerCommand('demo:password');
