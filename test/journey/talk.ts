import type { FrameLocator, Page } from 'playwright-core';
import { agreeInWidget, type Browser, openShop, type ShopOptions, say, takeNewest } from './browser.js';
import type { Stage } from './stage.js';

/** A visitor who has written and the agent who took it. */
export interface Talk {
  readonly visitor: Browser;
  readonly office: Browser;
  readonly shop: Page;
  readonly panel: FrameLocator;
  readonly desk: Page;
}

export async function startTalk(stage: Stage, words: string, options: ShopOptions = {}): Promise<Talk> {
  const [side, { office, desk }] = await Promise.all([write(stage, words, options), openDesk(stage)]);
  await takeNewest(desk);
  return { ...side, office, desk };
}

async function write(
  { product, openVisitor }: Stage,
  words: string,
  options: ShopOptions,
): Promise<Pick<Talk, 'visitor' | 'shop' | 'panel'>> {
  const visitor = await openVisitor();
  const shop = await openShop(visitor, product, options);
  const panel = await agreeInWidget(shop);
  await say(panel, words);
  await panel.getByText('已发送').waitFor();
  return { visitor, shop, panel };
}

async function openDesk({ product, officeOf }: Stage): Promise<Pick<Talk, 'office' | 'desk'>> {
  const office = await officeOf('agent');
  const desk = await office.page();
  await desk.goto(product.console);
  await desk.locator('[data-screen=conversation-list]').waitFor();
  return { office, desk };
}
