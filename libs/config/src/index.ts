export type { FoundAtStart } from './assert-startable.js';
export { assertStartable } from './assert-startable.js';
export type { Config, Environment, KmsPlace, ObjectPlace, TableStore, WakePlace } from './config.js';
export { loadConfig } from './config.js';
export { isSampleSecret, Secret } from './secret.js';
export type { Setting } from './settings.js';
export { renderEnvExample, SETTINGS } from './settings.js';
