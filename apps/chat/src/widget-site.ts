import { resolve } from 'node:path';
import type { CrossOriginRule, StaticSite } from '@libs/http';

/** Loader and panel, as they were built. */
export const widgetSite: StaticSite = { folder: resolve('dist/widget'), base: '/widget' };

/** Any page may ask; the answer is a pass only for the inbox's own origins. */
export const widgetCrossOrigin: readonly CrossOriginRule[] = [
  { path: '/api/v1/chat/widget/passes', methods: ['POST'], allow: () => true },
];
