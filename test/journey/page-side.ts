/** What runs inside the page, as text: tests of the backend's project know no DOM. */

/** Names of everything a document has stored: keys, databases, caches, readable cookies. */
export const STORED_KEYS = `(async () => [
  ...Object.keys(localStorage),
  ...Object.keys(sessionStorage),
  ...(await indexedDB.databases()).map(({ name }) => 'indexedDB ' + name),
  ...('caches' in self ? await caches.keys() : []),
  ...(document.cookie === '' ? [] : [document.cookie]),
])()`;

/** Size, row and every computed style of an element, but for what only says where in its row it lies. */
export const LOOK = `(element) => {
  const computed = getComputedStyle(element);
  const { width, height, top } = element.getBoundingClientRect();
  const style = {};
  for (const property of computed) {
    if (!/origin|inset|^(left|right)$/.test(property)) style[property] = computed.getPropertyValue(property);
  }
  return { width, height, top, style };
}`;

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

/** Ids and places of what axe finds wrong; the checker itself was put into the page before. */
export const AXE = `(async () => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'], iframes: false });
  return violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target.join(' ')).join(', '));
})()`;
