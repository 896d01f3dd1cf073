import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useAccountErrors, useAccountWords } from '../words/account/use-account-words.js';
import { faultsIn, placesOf } from './refused-fields.js';

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
  const [refused, setRefused] = useState<Faults<V>>({});
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const sending = useRef(false);
  const [turns, setTurns] = useState(0);
  const open = tried ? check(values) : {};
  const faults: Faults<V> = { ...refused, ...faultsIn(open as Readonly<Record<string, string>>) };
  const first = Object.keys(initial).find((name) => faults[name]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a refusal moves the focus, typing does not
  useEffect(() => {
    if (turns > 0 && first) document.getElementById(first)?.focus();
  }, [turns]);

  async function sendNow(): Promise<void> {
    sending.current = true;
    setBusy(true);
    setError(null);
    try {
      await send(values);
    } catch (reason) {
      const placed = placesOf(reason, Object.keys(values), names, { words, sentence }) as Faults<V>;
      setRefused(placed);
      setError(Object.keys(placed).length === 0 ? reason : null);
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
      setRefused((before) => ({ ...before, [name]: undefined }));
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
