/** What runs inside the page, as text: tests of the backend's project know no DOM. */

/** Names of everything a document has stored: keys, databases, caches, readable cookies. */
export const STORED_KEYS = `(async () => [
  ...Object.keys(localStorage),
  ...Object.keys(sessionStorage),
  ...(await indexedDB.databases()).map(({ name }) => 'indexedDB ' + name),
  ...('caches' in self ? await caches.keys() : []),
  ...(document.cookie === '' ? [] : [document.cookie]),
])()`;

/** Pointer and focus leave the console's list before anything is drawn anew. */
export const LEAVE_LIST = `(() => {
  const leaving = { bubbles: true, relatedTarget: document.body };
  document.querySelector('[data-screen=conversation-list]').dispatchEvent(new PointerEvent('pointerout', leaving));
  document.activeElement.blur();
})()`;

/** How an element looks. */
export interface Look {
  readonly width: number;
  readonly height: number;
  readonly top: number;
  readonly style: Readonly<Record<string, string>>;
}

/**
 * Size, row and every computed style of an element, but for what only says where in its row it lies. A function, because
 * the driver does not call what a text evaluates to.
 */
export const LOOK = new Function(
  'element',
  `const computed = getComputedStyle(element);
  const { width, height, top } = element.getBoundingClientRect();
  const style = {};
  for (const property of computed) {
    if (!/origin|inset|^(left|right)$/.test(property)) style[property] = computed.getPropertyValue(property);
  }
  return { width, height, top, style };`,
) as (element: unknown) => Look;

/** A network that lets no WebSocket through. */
export const NO_WEBSOCKET = `window.WebSocket = class {
  constructor() {
    setTimeout(() => {
      this.onerror?.(new Event('error'));
      this.onclose?.({ code: 1006 });
    }, 20);
  }
  close() {}
};`;

/**
 * Ids and places of what axe finds wrong in the document, or in what `within` selects; `rules` when not all of them are
 * asked. The checker itself was put into the page before.
 */
export const AXE = (within: string | undefined, rules: readonly string[] | undefined): string => `(async () => {
  const where = ${within === undefined ? 'document' : JSON.stringify(within)};
  const which = ${rules === undefined ? '{}' : JSON.stringify({ runOnly: rules })};
  const { violations } = await axe.run(where, { resultTypes: ['violations'], iframes: false, ...which });
  return violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target.join(' ')).join(', '));
})()`;

/** A page's own styles at their worst: everything unset with importance, everything moved, something above all. */
export const HOSTILE_STYLE = `* { all: unset !important; }
div, button, iframe { display: inline !important; visibility: hidden !important; opacity: 0.01 !important; }
body { transform: scale(0.5) rotate(3deg) !important; filter: blur(2px) !important; overflow: hidden !important; }
.cover { position: fixed !important; inset: 0 !important; z-index: 2147483647 !important; pointer-events: auto !important; }`;

/** How far the page's contents have been moved since it began to load; what is told of comes before a mark set later. */
export const LAYOUT_SHIFT = `new Promise((done) => {
  let sum = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { entryType, value } of list.getEntries()) {
      if (entryType === 'mark') done(sum);
      else sum += value;
    }
  });
  observer.observe({ type: 'layout-shift', buffered: true });
  observer.observe({ type: 'mark' });
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('looked')));
})`;

/** What lies uppermost at a point: the widget's host has a shadow tree with a button in it. */
export const TOP_AT = (x: number, y: number): string =>
  `document.elementFromPoint(${x}, ${y})?.shadowRoot?.querySelector('button') ? 'Live chat host' : 'the page'`;

/** Calls made before the widget is there, and what it tells the page. */
export const NOTED_EVENTS = `
window.Custodia = window.Custodia || function () { (Custodia.q = Custodia.q || []).push(arguments); };
window.noted = [];
for (const name of ['ready', 'open', 'close', 'unread', 'message', 'identity']) {
  Custodia('on', name, (detail) => noted.push(name + ' ' + JSON.stringify(detail)));
}
Custodia('locale', 'en');
Custodia('open');`;

/** The first full minute so far ahead, as a field for date and time writes it in the time zone of the page. */
export const FIELD_TIME = (ahead: number): string => `(() => {
  const at = Math.ceil((Date.now() + ${ahead}) / 60000) * 60000;
  return new Date(at - new Date(at).getTimezoneOffset() * 60000).toISOString().slice(0, 16);
})()`;
