import type { InboxSettings } from '@libs/contracts';

/** Marks what panel and page say to each other (the widget's bridge). */
const BRIDGE = 'custodia-1';
/** The panel takes the last part of its address for the inbox's key; a frame without an address has this one. */
const NO_KEY = 'srcdoc';

/** The panel's document before its script: nothing is asked of the server but the two files of the widget. */
export const PREVIEW_PAGE =
  '<!doctype html><html><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">' +
  '<link rel="stylesheet" href="/widget/panel.css"></head><body><div id="root"></div></body></html>';

/** What the preview shows. */
export interface PreviewWish {
  readonly settings: InboxSettings;
  readonly locale: 'zh-CN' | 'en';
  readonly theme: 'light' | 'dark';
  readonly state: 'notice' | 'conversation';
}

/**
 * Starts the real panel in `frame` with unsaved settings. Every request it makes is answered here, so a preview writes
 * nothing: no consent, no message, no socket. Answers how to end it.
 */
export function startPreview(frame: HTMLIFrameElement, wish: PreviewWish): () => void {
  const inside = frame.contentWindow as (Window & typeof globalThis) | null;
  const page = frame.contentDocument;
  if (!inside || !page) return () => undefined;
  inside.fetch = async (input) => answer(String(input), wish.settings);
  inside.WebSocket = Silent as unknown as typeof WebSocket;
  const hear = (event: MessageEvent<unknown>): void => {
    if (event.source !== inside) return;
    const message = event.data as { readonly bridge?: string; readonly kind?: string } | null;
    if (message?.bridge !== BRIDGE) return;
    const say = (more: object): void => inside.postMessage({ bridge: BRIDGE, ...more }, '*');
    if (message.kind === 'ready') say({ kind: 'hello', locale: wish.locale, open: false, theme: wish.theme });
    if (message.kind === 'need-pass') say({ kind: 'pass', pass: 'preview', lifeMs: 3_600_000 });
  };
  addEventListener('message', hear);
  const watch = wish.state === 'conversation' ? agreeWhenAsked(page) : undefined;
  const script = page.createElement('script');
  script.src = '/widget/panel.js';
  page.body.append(script);
  return () => {
    removeEventListener('message', hear);
    watch?.disconnect();
  };
}

/** Presses "agree" as a visitor would, once it is there. */
function agreeWhenAsked(page: Document): MutationObserver {
  const observer = new (page.defaultView as Window & typeof globalThis).MutationObserver(() => {
    const button = [...page.querySelectorAll('button')].find(({ textContent }) => /^(同意|Agree)$/.test(textContent));
    if (!button) return;
    observer.disconnect();
    button.click();
  });
  observer.observe(page.body, { childList: true, subtree: true });
  return observer;
}

function answer(url: string, settings: InboxSettings): Response {
  if (url.endsWith(`/widget/inboxes/${NO_KEY}.json`)) return Response.json(settings);
  if (url.endsWith('/consents')) return Response.json({ slip: 'preview', expiresAt: 0 });
  return Response.json({ code: 'client.preview' }, { status: 503 });
}

/** A line that never opens. */
class Silent extends EventTarget {
  readonly readyState = 0;
  binaryType = 'blob';
  close(): void {}
  send(): void {}
}
