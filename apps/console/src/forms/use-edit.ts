import { useState } from 'react';
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
      setEdit(undefined);
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
