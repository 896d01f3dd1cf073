/**
 * What loader (host page) and panel (iframe of the product's origin) say to each other by postMessage. About the
 * visitor the host page learns a count, yes/no flags and from whom a message came, never what it says.
 */
export type Locale = 'zh-CN' | 'en';

/** Marks our messages among those other scripts of the page post. */
export const BRIDGE = 'custodia-1';

export type ToPanel = { readonly bridge: typeof BRIDGE } & (
  | {
      readonly kind: 'hello';
      readonly locale: Locale;
      readonly open: boolean;
      /** The host page forces light or dark; absent: as the inbox says. */
      readonly theme?: string | undefined;
    }
  | { readonly kind: 'pass'; readonly pass: string; readonly lifeMs: number }
  | { readonly kind: 'shown' }
  | { readonly kind: 'hidden' }
  | { readonly kind: 'locale'; readonly locale: Locale }
  /** Statement of the embedding site about who is signed in there; opaque to us. */
  | { readonly kind: 'identify'; readonly statement: string }
);

/** What a page that calls `Custodia('on', …)` can hear. */
export type WidgetEvent = 'ready' | 'open' | 'close' | 'unread' | 'message' | 'identity';

export type ToLoader = { readonly bridge: typeof BRIDGE } & (
  | { readonly kind: 'ready' }
  | { readonly kind: 'need-pass' }
  | { readonly kind: 'unread'; readonly count: number }
  | { readonly kind: 'has-token'; readonly has: boolean }
  | { readonly kind: 'close' }
  /** For the page's own listeners. */
  | { readonly kind: 'event'; readonly name: WidgetEvent; readonly detail: object }
);
