import type { FrameLocator, Page } from 'playwright-core';
import type { Screen, State } from './catalogue.js';
import type { GalleryServer } from './gallery-server.js';

/** What a device keeps: the system's theme, and the language that somebody chose on it. */
export const FIRST = (locale: 'zh-CN' | 'en'): string => `location.protocol.startsWith('http') &&
  localStorage.setItem('custodia.device', JSON.stringify({ theme: 'system', locale: '${locale}' }))`;

/** What the console has read is forgotten, and it goes elsewhere: a tenth of the work of loading it anew. */
const GO = (path: string) => `(() => {
  const root = document.getElementById('root');
  const key = Object.keys(root).find((name) => name.startsWith('__reactContainer'));
  let fiber = root[key]?.stateNode.current;
  while (fiber && !fiber.memoizedProps?.client?.getQueryCache) fiber = fiber.child;
  if (!fiber) return false;
  fiber.memoizedProps.client.clear();
  history.pushState({}, '', ${JSON.stringify(path)});
  dispatchEvent(new PopStateEvent('popstate', { state: {} }));
  return true;
})()`;

/** Where nothing is asked and nothing kept. */
const NOWHERE = '/nowhere';

async function goTo(page: Page, gallery: GalleryServer, path: string, anew: boolean): Promise<void> {
  const loaded = !anew && page.url().startsWith(gallery.origin);
  if (loaded && (await page.evaluate<boolean>(GO(NOWHERE)))) {
    await page.locator('[data-screen=not-found]').waitFor();
    await page.evaluate(GO(path));
    return;
  }
  // A place that differs in nothing but what stands behind `#` would not be loaded anew.
  await page.goto('about:blank');
  await page.goto(gallery.origin + path);
}

/** Brings the shop's page, and the panel on it, into a state. */
export async function visitShop(
  page: Page,
  gallery: GalleryServer,
  state: State,
  locale: 'zh-CN' | 'en',
): Promise<void> {
  const { widget = {} } = state;
  gallery.play({ widget, ...(state.answers ? { answers: state.answers } : {}) });
  await page.mouse.move(0, 0);
  await page.goto('about:blank');
  await page.goto(`${gallery.shop}?lang=${locale}`);
  const launcher = page.locator('[aria-haspopup=dialog]');
  await launcher.waitFor();
  if (!widget.closed) {
    await launcher.click();
    // What the panel shows under the pointer would look as if somebody pointed at it.
    await page.mouse.move(0, 0);
    await panelOf(page).locator('[data-screen=widget]:not([data-state=loading])').waitFor();
  }
  await state.act?.(page, gallery);
  if (state.sees) await (widget.closed ? page : panelOf(page)).locator(state.sees).first().waitFor();
}

/** The widget's panel on a page. */
export const panelOf = (page: Page): FrameLocator => page.frameLocator('iframe');

/** Brings a page into a state of a screen, and waits until it is. */
export async function visit(page: Page, gallery: GalleryServer, screen: Screen, state: State): Promise<void> {
  const role = state.role ?? screen.role;
  gallery.play({
    ...(role === 'nobody' ? {} : { role }),
    ...(state.answers ? { answers: state.answers } : {}),
    ...(state.lineless ? { lineless: true } : {}),
  });
  // What stays under the pointer of the state before would look as if somebody pointed at it.
  await page.mouse.move(0, 0);
  await goTo(page, gallery, state.at ?? screen.at, state.anew ?? false);
  const place = `[data-screen=${state.screen ?? screen.screen}][data-state=${state.shows ?? state.name}]`;
  if (state.act) {
    await page
      .locator('[data-screen]:not([data-screen=not-found], [data-screen=loading])')
      .filter({ visible: true })
      .first()
      .waitFor();
    await state.act(page, gallery);
  }
  // A phone hides the list behind the conversation that is open.
  await page.locator(place).filter({ visible: true }).first().waitFor();
  if (state.sees) await page.locator(state.sees).filter({ visible: true }).first().waitFor();
}
