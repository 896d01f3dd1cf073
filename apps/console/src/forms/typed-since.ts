/** Of what is edited, what differs from what was sent: it was typed while that was being saved, and stays to be saved. */
export function typedSince<T extends object>(now: T, sent: T): Partial<T> {
  const before = new Map<string, unknown>(Object.entries(sent));
  const later = Object.entries(now).filter(([name, value]) => !Object.is(value, before.get(name)));
  return Object.fromEntries(later) as Partial<T>;
}
