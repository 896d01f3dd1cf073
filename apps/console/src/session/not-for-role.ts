/** Where the role lacks the right, the page says so and nothing is fetched. */
export class NotForRole extends Error {}

/** An answer that is shown is no trouble: React would write it to the browser's console like a crash. */
export function tellOfCaught(error: unknown): void {
  if (!(error instanceof NotForRole)) reportError(error);
}
