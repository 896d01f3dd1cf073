import 'reflect-metadata';
import { startOrExit } from '@libs/http';
import { runCommand } from './commands/commands.js';
import { startStandalone } from './standalone.js';

const [, , command, ...args] = process.argv;

await startOrExit(() => (command === undefined ? startStandalone() : runCommand(command, args)));
