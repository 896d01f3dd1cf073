// `npm run keys:rotate -- [tenant slug]`: a new key-encryption key; without a slug for every tenant that is due.
import { runServerCommand } from './setup/run-command.mjs';

runServerCommand('keys:rotate');
