import type { Column } from '@libs/testing';
import type { Browser as Chromium } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { type Browser, launchChromium, openPrivately } from './browser.js';
import { type Product, startProduct } from './product.js';

/** What the journeys of one column share: starting it takes longer than most of them. */
export interface Stage {
  readonly product: Product;
  readonly chromium: Chromium;
  /** A window of its own for somebody at work; staff need no profile on disk. */
  openOffice(): Promise<Browser>;
}

/** Starts product and Chromium before the first journey of the group and ends them after the last. */
export function shareStage(column: Column): () => Stage {
  let stage: Stage | undefined;
  beforeAll(async () => {
    const [product, chromium] = await Promise.all([startProduct(column), launchChromium()]);
    const window = { viewport: { width: 1280, height: 860 }, locale: 'zh-CN' };
    stage = { product, chromium, openOffice: () => openPrivately(chromium, window) };
  });
  afterAll(async () => {
    await stage?.chromium.close();
    await stage?.product.close();
  });
  return () => {
    if (!stage) throw new Error('the product did not start');
    return stage;
  };
}
