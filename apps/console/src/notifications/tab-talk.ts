import type { TabTalk } from './herald.js';

const NAME = 'custodia.notices';

/** Tabs of one browser by a channel and by locks of the browser; keys are ids and numbers, no words. */
export class BrowserTabs implements TabTalk {
  private readonly channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(NAME);
  private readonly until = new Map<string, number>();

  constructor(hear: (key: string) => void) {
    this.channel?.addEventListener('message', ({ data }) => {
      if (typeof data === 'string') hear(data);
    });
  }

  say(key: string): void {
    this.channel?.postMessage(key);
  }

  /** The other tabs are heard no more. */
  close(): void {
    this.channel?.close();
    this.until.clear();
  }

  async once(name: string, ms: number, run: () => void): Promise<void> {
    const locks = (navigator as { readonly locks?: LockManager }).locks;
    // Only pages of a secure origin have locks; without them each tab keeps the time for itself.
    if (!locks) return this.alone(name, ms, run);
    await locks.request(`${NAME} ${name}`, { ifAvailable: true }, async (lock) => {
      if (lock === null) return;
      run();
      await new Promise((resolve) => setTimeout(resolve, ms));
    });
  }

  private alone(name: string, ms: number, run: () => void): void {
    const now = performance.now();
    if ((this.until.get(name) ?? 0) > now) return;
    this.until.set(name, now + ms);
    run();
  }
}
