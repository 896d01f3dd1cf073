import type { FrameLocator, Page } from 'playwright-core';
import {
  agreeInWidget,
  type Browser,
  openBrowser,
  openShop,
  type ShopOptions,
  say,
  signIn,
  takeNewest,
} from './browser.js';
import type { Stage } from './stage.js';

/** A visitor who has written and the agent who took it. */
export interface Talk {
  readonly visitor: Browser;
  readonly office: Browser;
  readonly shop: Page;
  readonly panel: FrameLocator;
  readonly desk: Page;
}

export async function startTalk(
  { product, openOffice }: Stage,
  words: string,
  options: ShopOptions = {},
): Promise<Talk> {
  const [visitor, office] = await Promise.all([openBrowser(), openOffice()]);
  const shop = await openShop(visitor, product, options);
  const panel = await agreeInWidget(shop);
  await say(panel, words);
  await panel.getByText('已发送').waitFor();
  const desk = await office.page();
  await signIn(desk, product);
  await takeNewest(desk);
  return { visitor, office, shop, panel, desk };
}
