/**
 * Runs `act` once for all signs of a moment: at once for the first, and once more at the end of the span for what came
 * meanwhile. So a busy workspace asks at a steady pace, and the last sign is never the one that is missed.
 */
export function gathered(act: () => void, spanMs: number): { sign(): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let again = false;
  const run = (): void => {
    again = false;
    act();
    timer = setTimeout(() => {
      timer = undefined;
      if (again) run();
    }, spanMs);
  };
  return {
    sign: () => {
      if (timer === undefined) run();
      else again = true;
    },
    stop: () => clearTimeout(timer),
  };
}
