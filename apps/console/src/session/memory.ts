/**
 * What a page remembers of its member outside of the cache: a search, places, drafts. Whoever keeps such a thing says
 * here how to forget it, so that the next person at a shared desk finds none of it.
 */
const shown = new Set<() => void>();
const written = new Set<() => void>();

/** Forgotten as soon as the session ends: the page may stay open on a desk that somebody else comes to. */
export function keepForSession(forget: () => void): void {
  shown.add(forget);
}

/** What a member wrote: it outlives an ended session, and is theirs alone. */
export function keepForMember(forget: () => void): void {
  written.add(forget);
}

export function forgetSession(): void {
  for (const forget of shown) forget();
}

export function forgetMember(): void {
  forgetSession();
  for (const forget of written) forget();
}
