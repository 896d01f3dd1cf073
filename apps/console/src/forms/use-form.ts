import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useAccountErrors, useAccountWords } from '../words/account/use-account-words.js';
import { faultsIn, placesOf } from './refused-fields.js';

const NONE: ReadonlySet<string> = new Set();

export type Values = Readonly<Record<string, string | boolean>>;
/** Why a field is not right, by its name. */
export type Faults<V extends Values> = { readonly [K in keyof V]?: string };

interface FormSpec<V extends Values> {
  readonly initial: V;
  readonly check: (values: V) => Faults<V>;
  readonly send: (values: V) => Promise<unknown>;
  /** Names of the wire that differ from those of the form, by their last part or whole. */
  readonly names?: Readonly<Record<string, keyof V & string>>;
}

export interface Form<V extends Values> {
  readonly values: V;
  readonly faults: Faults<V>;
  readonly busy: boolean;
  /** What was refused and belongs to no field. */
  readonly error: unknown;
  set<K extends keyof V>(name: K, value: V[K]): void;
  submit(event?: FormEvent): void;
}

/** What was typed stays through every refusal; the first field that is not right gets the focus. */
export function useForm<V extends Values>({ initial, check, send, names = {} }: FormSpec<V>): Form<V> {
  const words = useAccountWords();
  const sentence = useAccountErrors();
  const [values, setValues] = useState(initial);
  const [tried, setTried] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  /** Fields that were changed since: what the server had against them says nothing of what stands there now. */
  const [changed, setChanged] = useState<ReadonlySet<string>>(NONE);
  const [busy, setBusy] = useState(false);
  const sending = useRef(false);
  const [turns, setTurns] = useState(0);
  const open = tried ? check(values) : {};
  // Put into words when it is shown, so that it follows the language of the page.
  const placed = placesOf(refusal, Object.keys(values), names, { words, sentence });
  const refused = Object.fromEntries(Object.entries(placed).filter(([name]) => !changed.has(name)));
  const faults = { ...refused, ...faultsIn(open as Readonly<Record<string, string>>) } as Faults<V>;
  const error = Object.keys(placed).length === 0 ? refusal : null;
  const first = Object.keys(initial).find((name) => faults[name]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a refusal moves the focus, typing does not
  useEffect(() => {
    if (turns > 0 && first) document.getElementById(first)?.focus();
  }, [turns]);

  async function sendNow(): Promise<void> {
    sending.current = true;
    setBusy(true);
    setRefusal(null);
    try {
      await send(values);
    } catch (reason) {
      setRefusal(reason);
      setChanged(NONE);
      setTurns((count) => count + 1);
    } finally {
      sending.current = false;
      setBusy(false);
    }
  }

  return {
    ...{ values, faults, busy, error },
    set: (name, value) => {
      setValues((before) => ({ ...before, [name]: value }));
      setChanged((before) => new Set([...before, String(name)]));
    },
    submit: (event) => {
      event?.preventDefault();
      setTried(true);
      if (sending.current) return;
      if (Object.values(check(values)).some(Boolean)) setTurns((count) => count + 1);
      else void sendNow();
    },
  };
}
