const NUMBERED = /^(.+) (\d+)-(\d+)$/;

/**
 * Two ranges as one, where nothing lies between them: `conversation:x 1-4` and `conversation:x 5-9` are
 * `conversation:x 1-9`. Undefined where one entry could not say both.
 */
export function joinRanges(one: string, other: string): string | undefined {
  if (one === other) return one;
  const [left, right] = [NUMBERED.exec(one), NUMBERED.exec(other)];
  if (!left || !right || left[1] !== right[1]) return undefined;
  const [from, to, since, until] = [left[2], left[3], right[2], right[3]].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  if (since > to + 1 || from > until + 1) return undefined;
  return `${left[1]} ${Math.min(from, since)}-${Math.max(to, until)}`;
}

/** What a range is of, without its numbers. */
export function placeOf(range: string): string {
  return NUMBERED.exec(range)?.[1] ?? range;
}
