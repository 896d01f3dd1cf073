import type { Column } from '@libs/testing';
import type { BrowserContext, BrowserContextOptions, Browser as Chromium } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import {
  type Browser,
  bringSession,
  launchChromium,
  launchShell,
  openKeeping,
  openPrivately,
  openShared,
  partOf,
} from './browser.js';
import { startComposedProduct } from './composed-product.js';
import { type DemoPerson, type Product, startProduct } from './product.js';

/** What the journeys of one column share: starting it takes longer than most of them. */
export interface Stage {
  readonly product: Product;
  /** For visitors in Chromium's own private windows, where the widget stores nothing; started for the first of them. */
  readonly chromium: Promise<Chromium>;
  /** A visitor's window: whoever comes back in it, or opens another tab, is known. */
  openVisitor(): Promise<Browser>;
  /** A window of its own for somebody at work, on a desk unless `options` say otherwise; staff need no profile on disk. */
  openOffice(options?: BrowserContextOptions): Promise<Browser>;
  /**
   * The window of somebody of the demo, who is signed in: one for all journeys, because loading the console into an
   * empty cache costs more than most of what is done there.
   */
  officeOf(who: DemoPerson): Promise<Browser>;
}

const WINDOW = { viewport: { width: 1280, height: 860 }, locale: 'zh-CN' };

/** Seven programs start for the five services. */
const START_MS = 180_000;

/** All services in one process on the stores of a column, or the five services behind their proxy on MariaDB. */
export type Shape = Column | 'five-services';

/**
 * Starts product and browser before the first journey of the group and ends them after the last. `settings` are what an
 * operator of the one program would set besides; they are asked for at the start.
 */
export function shareStage(
  shape: Shape,
  settings: () => Promise<Readonly<Record<string, string>>> = async () => ({}),
): () => Stage {
  let stage: Stage | undefined;
  let shell: Chromium | undefined;
  let chromium: Promise<Chromium> | undefined;
  beforeAll(async () => {
    const given = await settings();
    const [product, office] = await Promise.all([start(shape, given), launchShell()]);
    shell = office;
    stage = {
      product,
      get chromium() {
        chromium ??= launchChromium();
        return chromium;
      },
      openVisitor: () => openKeeping(office, WINDOW),
      openOffice: (options = WINDOW) => openPrivately(office, options),
      officeOf: sharing(product, office),
    };
  }, START_MS);
  afterAll(async () => {
    await Promise.all([chromium?.then((browser) => browser.close()), shell?.close()]);
    await stage?.product.close();
  });
  return () => {
    if (!stage) throw new Error('the product did not start');
    return stage;
  };
}

function sharing(product: Product, chromium: Chromium): Stage['officeOf'] {
  const windows = new Map<DemoPerson, Promise<BrowserContext>>();
  const open = async (who: DemoPerson): Promise<BrowserContext> => {
    const window = await openShared(chromium, WINDOW);
    await bringSession(window, product, who);
    return window;
  };
  return async (who) => {
    const window = windows.get(who) ?? open(who);
    windows.set(who, window);
    return partOf(await window);
  };
}

function start(shape: Shape, settings: Readonly<Record<string, string>>): Promise<Product> {
  return shape === 'five-services' ? startComposedProduct() : startProduct(shape, settings);
}
