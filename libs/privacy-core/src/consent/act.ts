import type { Register } from '../register/activity.js';
import { type ConsentScope, type ConsentType, fieldScope, guardianScope, parseScope } from './scope.js';

/** What a caller sends to agree. Everything is checked, because it comes from outside. */
export interface GrantAct {
  readonly scope: unknown;
  /** Must be the literal `true`: nothing is agreed by leaving something out (P-0102). */
  readonly granted: unknown;
  /** Version and hash of the text that stood beside the button. */
  readonly version: unknown;
  readonly noticeHash: unknown;
}

/** Refusals of an act; closed list, `privacy.<word>`. */
export type ActFault =
  | 'consent-bundled'
  | 'consent-not-express'
  | 'consent-scope-unknown'
  | 'notice-unknown'
  | 'policy-superseded';

/** The scope that an act is about, or why it is no act of consent. */
export function checkScope(register: Register, scope: unknown): ConsentScope | ActFault {
  if (Array.isArray(scope) || (typeof scope === 'string' && /[,;\s]/.test(scope))) return 'consent-bundled';
  const parts = parseScope(scope);
  if (!parts || !scopesOf(register).has(scope as string)) return 'consent-scope-unknown';
  return scope as string;
}

/** Checks an act of agreeing against the register and the hash of the text in force. */
export function checkGrant(
  register: Register,
  act: GrantAct,
  hashInForce: (scope: ConsentScope) => string,
): ActFault | undefined {
  const scope = checkScope(register, act.scope);
  if (isFault(scope)) return scope;
  if (act.granted !== true) return 'consent-not-express';
  const version = versionOf(register, scope);
  if (typeof act.version !== 'number' || !Number.isInteger(act.version) || act.version > version) {
    return 'notice-unknown';
  }
  if (act.version < version) return 'policy-superseded';
  return act.noticeHash === hashInForce(scope) ? undefined : 'notice-unknown';
}

/** Tells a refusal from a scope: a scope has a slash. */
export function isFault(word: ConsentScope | ActFault): word is ActFault {
  return !word.includes('/');
}

/** Every consent the register can ask for now: functions that are on, need something, and rest on consent. */
export function scopesOf({ activities }: Register): ReadonlySet<ConsentScope> {
  const scopes = new Set<ConsentScope>();
  for (const activity of activities) {
    if (!activity.enabled || activity.basis !== 'L-CONSENT' || activity.fields.length === 0) continue;
    scopes.add(guardianScope(activity.purpose));
    for (const entry of activity.fields) scopes.add(fieldScope(activity, entry));
    for (const recipient of activity.recipients) scopes.add(`provide/${recipient}`);
  }
  return scopes;
}

/** Version of the function a scope belongs to; 0 for a recipient's. */
export function versionOf({ activities }: Register, scope: ConsentScope): number {
  const parts = parseScope(scope);
  if (!parts || !('purpose' in parts)) return 0;
  return activities.find(({ purpose }) => purpose === parts.purpose)?.consentVersion ?? 0;
}

/** The type of consent that a scope is; undefined for a word that is no scope. */
export function typeOf(scope: ConsentScope): ConsentType | undefined {
  return parseScope(scope)?.type;
}
