/** Random numbers that come again with the same seed (mulberry32): a failed run can be repeated. */
export interface SeededRandom {
  readonly seed: number;
  /** In [0, 1). */
  next(): number;
  /** A whole number in [from, to]. */
  between(from: number, to: number): number;
}

/** `TEST_SEED` of the environment, else `fallback`; printed, so that a failure names what to repeat. */
export function seededRandom(name: string, fallback: number): SeededRandom {
  const seed = Number(process.env.TEST_SEED ?? fallback) >>> 0;
  console.log(`${name}: TEST_SEED=${seed}`);
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { seed, next, between: (from, to) => from + Math.floor(next() * (to - from + 1)) };
}
