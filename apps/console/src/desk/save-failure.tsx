import { ConflictBar, type ConflictProps } from './conflict-bar.js';
import { isOutdated } from './register-queries.js';
import { SaveError } from './save-error.js';

/** Why the register was not saved: somebody was first, and what to do about it, or the refusal in words. */
export function SaveFailure({ error, ...conflict }: ConflictProps & { readonly error: unknown }) {
  return isOutdated(error) ? <ConflictBar {...conflict} /> : <SaveError error={error} />;
}
