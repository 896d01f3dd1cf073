import 'reflect-metadata';
import { startOrExit } from '@libs/http';
import { startStandalone } from './standalone.js';

await startOrExit(startStandalone);
