import type { LoggedCaller } from './network-log-hook.js';

const known = new WeakMap<object, LoggedCaller>();

/** Says whose request it is, where no guard knew: the sign-in that succeeded, the visitor behind a token. */
export function logAs(request: object, caller: LoggedCaller): void {
  known.set(request, caller);
}

/** What `logAs` said of a request. */
export function loggedAs(request: object): LoggedCaller | undefined {
  return known.get(request);
}
