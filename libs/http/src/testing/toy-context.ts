import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestContext } from '../caller.js';

/** Stands for the tenant context of the product. */
export const toyContext = new AsyncLocalStorage<RequestContext>();
