import { BRIDGE, type Locale, type ToLoader, type ToPanel } from '../bridge/bridge-messages.js';

const ASK_AGAIN_MS = 5_000;

export interface EmbeddingEvents {
  readonly hello: (locale: Locale, theme: string | undefined) => void;
  readonly locale: (locale: Locale) => void;
  readonly identify: (statement: string) => void;
  readonly shown: () => void;
  readonly hidden: () => void;
}

type Report = ToLoader extends infer M ? (M extends ToLoader ? Omit<M, 'bridge'> : never) : never;

/** The panel's side of the talk with the host page. The host's origin is learnt from the loader's first answer. */
export class Embedding {
  private hostOrigin: string | undefined;
  private pass: { readonly value: string; readonly until: number } | undefined;
  private waiting: ((pass: string) => void)[] = [];
  private asking = false;

  constructor(private readonly events: EmbeddingEvents) {
    addEventListener('message', (event) => this.hear(event));
    // Says nothing but "I am here"; the page's frame-ancestors already decided who may be listening.
    parent.postMessage({ bridge: BRIDGE, kind: 'ready' } satisfies ToLoader, '*');
  }

  report(message: Report): void {
    if (this.hostOrigin) parent.postMessage({ bridge: BRIDGE, ...message }, this.hostOrigin);
  }

  /** Waits as long as it takes; the loader is asked again every 5 s. */
  currentPass(): Promise<string> {
    if (this.pass && performance.now() < this.pass.until) return Promise.resolve(this.pass.value);
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.ask();
    });
  }

  /** The server no longer takes the pass we hold. */
  discardPass(): void {
    this.pass = undefined;
  }

  private ask(): void {
    if (this.asking || this.waiting.length === 0) return;
    this.asking = true;
    this.report({ kind: 'need-pass' });
    setTimeout(() => {
      this.asking = false;
      this.ask();
    }, ASK_AGAIN_MS);
  }

  private hear(event: MessageEvent<unknown>): void {
    if (event.source !== parent || (this.hostOrigin && event.origin !== this.hostOrigin)) return;
    const message = event.data as ToPanel | null;
    if (message?.bridge !== BRIDGE) return;
    if (message.kind === 'hello') {
      this.hostOrigin = event.origin;
      this.events.hello(message.locale, message.theme);
      if (message.open) this.events.shown();
      this.ask();
    } else if (message.kind === 'pass') this.take(message.pass, message.lifeMs);
    else if (message.kind === 'shown') this.events.shown();
    else if (message.kind === 'hidden') this.events.hidden();
    else if (message.kind === 'locale') this.events.locale(message.locale);
    else if (message.kind === 'identify') this.events.identify(message.statement);
  }

  private take(value: string, lifeMs: number): void {
    this.pass = { value, until: performance.now() + lifeMs };
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve(value);
  }
}
