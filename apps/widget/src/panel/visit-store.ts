import type { Locale } from '../bridge/bridge-messages.js';

/** What stays in this browser after the first message, in the panel's partitioned storage. */
export interface Visit {
  readonly token: string;
  /** How far the visitor has read. */
  readonly read: number;
  /** Version of the notice that was agreed to, and its language. */
  readonly version: number;
  readonly locale: Locale;
  /** The visitor switched the tone for new messages on. */
  readonly sound?: boolean;
}

/** Storage may be refused or full; then everything works until the page is closed. */
export class VisitStore {
  private readonly key: string;

  constructor(inbox: string) {
    this.key = `custodia:${inbox}`;
  }

  load(): Visit | undefined {
    try {
      return parsed(localStorage.getItem(this.key));
    } catch {
      return undefined;
    }
  }

  /** Whether it was kept. */
  save(visit: Visit): boolean {
    try {
      localStorage.setItem(this.key, JSON.stringify(visit));
      return true;
    } catch {
      return false;
    }
  }

  clear(): void {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // Nothing was kept, so nothing is left.
    }
  }

  /** Another tab kept or dropped its visit. */
  onChange(changed: () => void): void {
    addEventListener('storage', (event) => {
      if (event.key === this.key || event.key === null) changed();
    });
  }
}

function parsed(text: string | null): Visit | undefined {
  const value: unknown = text === null ? undefined : JSON.parse(text);
  if (typeof value !== 'object' || value === null || !('token' in value) || typeof value.token !== 'string')
    return undefined;
  const { token } = value;
  const read = 'read' in value && typeof value.read === 'number' ? value.read : 0;
  const version = 'version' in value && typeof value.version === 'number' ? value.version : 0;
  const locale: Locale = 'locale' in value && value.locale === 'en' ? 'en' : 'zh-CN';
  return { token, read, version, locale, sound: 'sound' in value && value.sound === true };
}
