import type { Purpose } from '../declaration/facets.js';
import type { Activity, Register } from '../register/activity.js';
import type { FieldCode } from '../register/fields.js';
import type { LawfulBasis } from '../register/lawful-basis.js';
import { type ConsentState, isDenied } from './history.js';
import { type ConsentScope, fieldScope, guardianScope, purposeScope } from './scope.js';

/** Why a value stays closed. A screen has one word for each. */
export type WithheldReason =
  /** The register does not let this function use this field, or the function is off. */
  | 'purpose'
  /** Nobody asked, or nobody answered. */
  | 'no-consent'
  | 'refused'
  | 'withdrawn'
  /** Agreed to an older version of the function. */
  | 'superseded'
  /** A minor's guardian has not agreed. */
  | 'guardian';

/** May it be processed, and on what ground; or why not, and which consent would change that. */
export type Ground =
  | { readonly allowed: true; readonly basis: LawfulBasis }
  | { readonly allowed: false; readonly reason: WithheldReason; readonly scope: ConsentScope | null };

/** The person as the rules see them. */
export interface PersonConsents {
  /** Decisions of the subject the data belongs to. */
  readonly own: ConsentState;
  /** Decisions of the subjects linked with it: the same person, known twice. */
  readonly linked: readonly ConsentState[];
  /** A guardian decides beside the person (under 14). */
  readonly guarded: boolean;
  /** The person, or a linked one, took back a basic consent and waits for erasure (C-35). */
  readonly left?: boolean;
}

/**
 * The one rule of the house: may `field` of this person be written or read for `purpose`? It needs a function of the
 * register that is on and names the field; and, where that function rests on consent, a consent of this subject that is
 * of the present version, with no refusal anywhere: not of the field, not of its function, not of a basic function, and
 * by none of the linked subjects (the stricter reading holds). Who has left is open to nothing but a legal duty, whatever
 * the workspace has written into its register since.
 */
export function groundFor(register: Register, purpose: Purpose, field: FieldCode, person: PersonConsents): Ground {
  const activity = register.activities.find((candidate) => candidate.purpose === purpose);
  const entry = activity?.enabled ? activity.fields.find((candidate) => candidate.field === field) : undefined;
  if (!activity || !entry) return { allowed: false, reason: 'purpose', scope: null };
  if (activity.basis === 'L-LEGALDUTY') return { allowed: true, basis: activity.basis };
  if (activity.basis !== 'L-CONSENT') return person.left ? LEFT : { allowed: true, basis: activity.basis };
  const scope = fieldScope(activity, entry);
  const denied = denialOf(register, activity, scope, person);
  if (denied) return denied;
  if (person.left) return LEFT;
  const given = person.own.get(scope);
  if (!given) return { allowed: false, reason: 'no-consent', scope };
  if (given.version < activity.consentVersion) return { allowed: false, reason: 'superseded', scope };
  if (person.guarded && !isAgreed(person.own, guardianScope(purpose), activity.consentVersion)) {
    return { allowed: false, reason: 'guardian', scope: guardianScope(purpose) };
  }
  return { allowed: true, basis: 'L-CONSENT' };
}

/** No consent reopens it by itself: the register may not even ask for the one that was taken back. */
const LEFT: Ground = { allowed: false, reason: 'withdrawn', scope: null };

function denialOf(
  register: Register,
  { purpose }: Activity,
  scope: ConsentScope,
  { own, linked }: PersonConsents,
): Ground | undefined {
  const scopes = new Set([...basicConsents(register), purposeScope(purpose), guardianScope(purpose), scope]);
  for (const state of [own, ...linked]) {
    for (const candidate of scopes) {
      if (!isDenied(state, candidate)) continue;
      const reason = state.get(candidate)!.decision === 'refuse' ? 'refused' : 'withdrawn';
      return { allowed: false, reason, scope: candidate };
    }
  }
  return undefined;
}

/**
 * Consents without which there is no service at all. Also of functions that are off: a workspace that switches one off
 * neither undoes what people said no to nor keeps anybody from leaving (C-35).
 */
export function basicConsents({ activities }: Register): readonly ConsentScope[] {
  return activities
    .filter(({ kind, basis }) => kind === 'basic' && basis === 'L-CONSENT')
    .map(({ purpose }) => purposeScope(purpose));
}

/** A guardian agrees to a version like everybody else. */
function isAgreed(state: ConsentState, scope: ConsentScope, version: number): boolean {
  const decided = state.get(scope);
  return decided?.decision === 'grant' && decided.version >= version;
}
