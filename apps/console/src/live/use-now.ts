import { useEffect, useState } from 'react';

const TICK_MS = 30_000;

/** The time, moving often enough for "5 minutes ago". */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  // A clock behind the newest message would call it a thing of the future.
  return now;
}
