import { useState } from 'react';
import { typedSince } from './typed-since.js';
import { useAct } from './use-act.js';

/**
 * What somebody edits of something that others may change too. The edit keeps the version that it began with, so that
 * nobody is overwritten unasked, and it stays through every refusal.
 */
export function useEdit<T extends { readonly version: number }>(kept: T, save: (wish: T) => Promise<unknown>) {
  const act = useAct();
  const [edit, setEdit] = useState<T>();
  const values = edit ?? kept;
  const send = (wish: T): Promise<void> =>
    act.run(async () => {
      await save(wish);
      setEdit((now) => now && leftOf(now, wish));
    });
  return {
    ...{ values, busy: act.busy, error: act.error },
    change: (part: Partial<T>): void => setEdit({ ...values, ...part }),
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
function leftOf<T extends { readonly version: number }>(now: T, sent: T): T | undefined {
  const later = typedSince(now, { ...sent, version: now.version });
  return Object.keys(later).length === 0 ? undefined : { ...now, version: sent.version + 1 };
}
