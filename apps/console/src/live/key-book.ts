import { isSingleKey, type KeyStroke, keyName, strokeName } from './key-names.js';
import { Observable } from './observable.js';

/** What a key does. Only what has words is listed under `?` and, unless it merely moves, offered by the palette. */
export interface KeyAct {
  /** Answers false when it has nothing to do here: the key then keeps its usual meaning. */
  readonly run: () => unknown;
  readonly does?: string;
  /** The same in the other language, for those who look for it there. */
  readonly also?: string;
  /** Moves instead of changing something: repeats while held, and is no entry of the palette. */
  readonly moves?: boolean;
}

/** Undefined: not now. */
export type Keys = Readonly<Record<string, KeyAct | (() => unknown) | undefined>>;

/** A page wins over what works everywhere. */
export type KeyPlace = 'here' | 'everywhere';

export interface ListedKey extends KeyAct {
  readonly key: string;
  readonly does: string;
  readonly place: KeyPlace;
}

export interface KeyPress extends KeyStroke {
  readonly repeat: boolean;
  readonly composing: boolean;
  /** A field has focus. */
  readonly typing: boolean;
  /** A link or button has focus: Enter and Space are its own. */
  readonly pressable: boolean;
  /** A dialog or menu is open: what lies behind it does not move. */
  readonly behind: boolean;
}

interface Entry {
  readonly place: KeyPlace;
  keys: Keys;
}

const SEQUENCE_MS = 3_000;

/** What no text is made of. */
function worksInFields(name: string): boolean {
  return name.startsWith('Mod+') || /^(Shift\+)?F\d+$/.test(name);
}

function actOf(act: Keys[string]): KeyAct | undefined {
  return typeof act === 'function' ? { run: act } : act;
}

/** All keys of the page that is open, and which of them a press means. */
export class KeyBook {
  /** Whether letters alone do something; members may switch that off. */
  readonly singleKeys = new Observable(true);
  private readonly entries = new Set<Entry>();
  private begun: { readonly stroke: string; readonly at: number } | undefined;

  constructor(private readonly apple: boolean) {}

  add(place: KeyPlace): { set(keys: Keys): void; remove(): void } {
    const entry: Entry = { place, keys: {} };
    this.entries.add(entry);
    return {
      set: (keys) => {
        entry.keys = Object.fromEntries(Object.entries(keys).map(([key, act]) => [keyName(key), act]));
      },
      remove: () => {
        this.entries.delete(entry);
      },
    };
  }

  /** Runs what the press means; true when it meant something, and the browser shall not act on it too. */
  press(press: KeyPress, now: number): boolean {
    const name = strokeName(press, this.apple);
    if (press.composing || press.behind || name === undefined) return this.forget();
    if (press.typing && !worksInFields(name)) return this.forget();
    if (press.pressable && (name === 'Enter' || name === ' ')) return this.forget();
    const begun = this.begun;
    this.begun = undefined;
    const fresh = begun !== undefined && now - begun.at <= SEQUENCE_MS;
    if (fresh && this.run(`${begun.stroke} ${name}`, press.repeat)) return true;
    if (this.run(name, press.repeat)) return true;
    return this.begin(name, now);
  }

  /** What may be pressed now, pages first; each key once. */
  listed(): readonly ListedKey[] {
    const seen = new Set<string>();
    return this.ordered().flatMap(({ place, keys }) =>
      Object.entries(keys).flatMap(([key, value]): ListedKey[] => {
        const act = actOf(value);
        if (act?.does === undefined || seen.has(key)) return [];
        seen.add(key);
        return [{ ...act, does: act.does, key, place }];
      }),
    );
  }

  private ordered(): readonly Entry[] {
    const all = [...this.entries];
    return [...all.filter(({ place }) => place === 'here'), ...all.filter(({ place }) => place === 'everywhere')];
  }

  private run(name: string, repeat: boolean): boolean {
    if (!this.singleKeys.get() && isSingleKey(name)) return false;
    return this.ordered().some(({ keys }) => {
      const act = actOf(keys[name]);
      // A key that rests on the board must not resolve one conversation after the other.
      if (!act || (repeat && act.does !== undefined && act.moves !== true)) return false;
      return act.run() !== false;
    });
  }

  private begin(name: string, now: number): boolean {
    const starts = this.ordered().some(({ keys }) =>
      Object.entries(keys).some(([key, act]) => act !== undefined && key.startsWith(`${name} `)),
    );
    if (!starts || !this.singleKeys.get()) return false;
    this.begun = { stroke: name, at: now };
    return true;
  }

  private forget(): false {
    this.begun = undefined;
    return false;
  }
}
