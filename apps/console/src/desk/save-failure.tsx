import { type ConflictProps, RegisterConflict } from './register-conflict.js';
import { isOutdated } from './register-queries.js';
import { SaveError } from './save-error.js';

/** Why the register was not saved: somebody was first, and what to do about it, or the refusal in words. */
export function SaveFailure(props: ConflictProps) {
  return isOutdated(props.error) ? <RegisterConflict {...props} /> : <SaveError error={props.error} />;
}
