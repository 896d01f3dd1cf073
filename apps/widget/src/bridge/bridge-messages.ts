/**
 * What loader (host page) and panel (iframe of the product's origin) say to each other by postMessage. Neither side
 * ever sends anything about the visitor to the host page except a count and a yes/no flag.
 */
export type Locale = 'zh-CN' | 'en';

/** Marks our messages among those other scripts of the page post. */
export const BRIDGE = 'custodia-1';

export type ToPanel = { readonly bridge: typeof BRIDGE } & (
  | { readonly kind: 'hello'; readonly locale: Locale; readonly base: string; readonly open: boolean }
  | { readonly kind: 'pass'; readonly pass: string; readonly lifeMs: number }
  | { readonly kind: 'shown' }
  | { readonly kind: 'hidden' }
);

export type ToLoader = { readonly bridge: typeof BRIDGE } & (
  | { readonly kind: 'ready' }
  | { readonly kind: 'need-pass' }
  | { readonly kind: 'unread'; readonly count: number }
  | { readonly kind: 'has-token'; readonly has: boolean }
  | { readonly kind: 'close' }
);
