/** A colleague who can be named. */
export interface Colleague {
  readonly id: string;
  readonly name: string;
}

/**
 * Whom a note names: at each `@` the longest name that follows. Of several with one name it is the one who was chosen
 * from the list; without a choice nobody, because the note cannot say which.
 */
export function namedIn(
  text: string,
  colleagues: readonly Colleague[],
  chosen: ReadonlySet<string>,
): readonly Colleague[] {
  const found = new Map<string, Colleague>();
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const rest = text.slice(at + 1);
    const fitting = colleagues.filter(({ name }) => name !== '' && rest.startsWith(name));
    const longest = Math.max(0, ...fitting.map(({ name }) => name.length));
    const same = fitting.filter(({ name }) => name.length === longest);
    const meant = same.length === 1 ? same : same.filter(({ id }) => chosen.has(id));
    for (const one of meant) found.set(one.id, one);
  }
  return [...found.values()];
}
