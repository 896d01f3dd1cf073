import { resolve } from 'node:path';
import type { StaticSite } from '@libs/http';

/** The console, as it was built: served where people sign in. */
export const consoleSite: StaticSite = { folder: resolve('dist/console'), base: '' };
