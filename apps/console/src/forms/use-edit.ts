import { useState } from 'react';
import { typedSince } from './typed-since.js';
import { useAct } from './use-act.js';

/**
 * What somebody edits of something that others may change too. The edit keeps the version that it began with, so that
 * nobody is overwritten unasked, and it stays through every refusal.
 */
export function useEdit<T extends { readonly version: number }>(kept: T, save: (wish: T) => Promise<unknown>) {
  const act = useAct();
  const [edit, setEdit] = useState<{ readonly base: T; readonly now: T }>();
  const { base, now: values } = edit ?? { base: kept, now: kept };
  const send = (wish: T): Promise<void> =>
    act.run(async () => {
      await save(wish);
      setEdit((last) => last && leftOf(last.now, wish));
    });
  return {
    /** `base` is what the edit began with. */
    ...{ values, base, busy: act.busy, error: act.error },
    change: (part: Partial<T>): void => setEdit({ base, now: { ...values, ...part } }),
    send: (): Promise<void> => send(values),
    /** Mine, on top of what is kept now. */
    overwrite: ({ version }: T): void => void send({ ...values, version }),
    discard: (): void => {
      setEdit(undefined);
      act.forget();
    },
  };
}

/** What was typed while `sent` was being saved, on top of the version that this made. */
function leftOf<T extends { readonly version: number }>(now: T, sent: T) {
  const later = typedSince(now, { ...sent, version: now.version });
  const version = sent.version + 1;
  return Object.keys(later).length === 0 ? undefined : { base: { ...sent, version }, now: { ...now, version } };
}
