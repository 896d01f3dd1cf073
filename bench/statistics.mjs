/** The value below which the share `share` (0 to 1) of `values` lies, to two decimals; 0 for none. Does not reorder. */
export function percentile(values, share) {
  if (values.length === 0) return 0;
  const sorted = Float64Array.from(values).sort();
  const index = Math.min(sorted.length - 1, Math.floor(sorted.length * share));
  return round(sorted[index], 2);
}

/** The middle value; of an even number the mean of the two middle ones; NaN for none. */
export function median(values) {
  if (values.length === 0) return Number.NaN;
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** `value` to `digits` decimals. */
export function round(value, digits) {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}

/**
 * Runs that alternated, as {limit, product} messages a second. The ratio is that of the medians; the least and the
 * greatest ratio of one pair show the spread.
 */
export function compare(pairs) {
  const limitPerSec = Math.round(median(pairs.map((pair) => pair.limit)));
  const perSec = Math.round(median(pairs.map((pair) => pair.product)));
  const ratios = pairs.map((pair) => pair.product / pair.limit);
  return {
    limitPerSec,
    perSec,
    ratio: round(perSec / limitPerSec, 3),
    ratioMin: round(Math.min(...ratios), 3),
    ratioMax: round(Math.max(...ratios), 3),
  };
}

/** What a figure at a million messages may be at most, by that at ten thousand. */
export function allowed(ms) {
  return Math.max(1.5 * ms, ms + 10);
}
