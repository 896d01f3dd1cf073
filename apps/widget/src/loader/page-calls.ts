import type { WidgetEvent } from '../bridge/bridge-messages.js';
import type { Launcher } from './launcher.js';

type Listener = (detail: object) => void;

/** One call of `Custodia(command, …)`. */
export type Call = ArrayLike<unknown>;

/** What stands on the page as `Custodia`: a function, and the calls that came before it worked. */
export interface PageFunction {
  (...call: readonly unknown[]): void;
  q?: Call[];
  /** A snippet has begun already; further ones do nothing. */
  on?: boolean;
}

/**
 * Commands of the page. They wait until the widget is drawn, in their order; what is unknown or throws in the page's
 * own listener does not stop the others.
 */
export class PageCalls {
  readonly #waiting: Call[];
  readonly #listeners: (readonly [unknown, Listener])[] = [];
  #launcher: Launcher | undefined;

  constructor(waiting: readonly Call[]) {
    this.#waiting = [...waiting];
  }

  take(call: Call): void {
    if (!this.#launcher) {
      this.#waiting.push(call);
      return;
    }
    const launcher = this.#launcher;
    const [command, value, listener] = Array.from(call) as [string, unknown, Listener];
    const commands: Readonly<Record<string, () => void>> = {
      open: () => launcher.show(true),
      close: () => launcher.show(false),
      locale: () => launcher.speak(`${value}`),
      identify: () => launcher.identify(`${value}`),
      on: () => this.#listeners.push([value, listener]),
    };
    commands[command]?.();
  }

  begin(launcher: Launcher): void {
    this.#launcher = launcher;
    for (const call of this.#waiting) this.take(call);
    this.emit('ready');
  }

  emit(name: WidgetEvent, detail: object = {}): void {
    for (const [wanted, listener] of this.#listeners) {
      if (wanted === name) queueMicrotask(() => listener(detail));
    }
  }
}
