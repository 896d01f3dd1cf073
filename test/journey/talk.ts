import type { FrameLocator, Page } from 'playwright-core';
import {
  agreeInWidget,
  type Browser,
  openBrowser,
  openPrivately,
  openShop,
  type ShopOptions,
  say,
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

export interface TalkOptions extends ShopOptions {
  /** The visitor comes back to what was written, or reads it in another tab: only a profile on disk keeps that. */
  readonly returns?: boolean;
}

export async function startTalk(
  { product, chromium, officeOf }: Stage,
  words: string,
  { returns = false, ...options }: TalkOptions = {},
): Promise<Talk> {
  const open = () => (returns ? openBrowser() : openPrivately(chromium, { locale: 'zh-CN' }));
  const [visitor, office] = await Promise.all([open(), officeOf('agent')]);
  const shop = await openShop(visitor, product, options);
  const panel = await agreeInWidget(shop);
  await say(panel, words);
  await panel.getByText('已发送').waitFor();
  const desk = await office.page();
  await desk.goto(product.console);
  await takeNewest(desk);
  return { visitor, office, shop, panel, desk };
}
