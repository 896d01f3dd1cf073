import { useState } from 'react';

/** One act on the server: busy until it is answered, and why it was refused. */
export function useAct() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function run(act: () => Promise<unknown>): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      await act();
    } catch (reason) {
      setError(reason);
    } finally {
      setBusy(false);
    }
  }
  return { busy, error, run, forget: (): void => setError(null) };
}
