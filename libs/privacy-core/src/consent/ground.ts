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
  const rule = rulesOf(register).fields.get(purpose)?.get(field);
  if (!rule) return UNUSED;
  const { basis, scope, version, guardian } = rule;
  if (basis === 'L-LEGALDUTY') return { allowed: true, basis };
  if (basis !== 'L-CONSENT') return person.left ? LEFT : { allowed: true, basis };
  const denied = denialOf(rule, person.own) ?? linkedDenial(rule, person.linked);
  if (denied) return denied;
  if (person.left) return LEFT;
  const given = person.own.get(scope);
  if (!given) return { allowed: false, reason: 'no-consent', scope };
  if (given.version < version) return { allowed: false, reason: 'superseded', scope };
  if (person.guarded && !isAgreed(person.own, guardian, version)) {
    return { allowed: false, reason: 'guardian', scope: guardian };
  }
  return AGREED;
}

const UNUSED: Ground = { allowed: false, reason: 'purpose', scope: null };
/** No consent reopens it by itself: the register may not even ask for the one that was taken back. */
const LEFT: Ground = { allowed: false, reason: 'withdrawn', scope: null };
const AGREED: Ground = { allowed: true, basis: 'L-CONSENT' };

/** What a register says about one field of one function that is on, whoever the person is. */
interface FieldRule {
  readonly basis: LawfulBasis;
  readonly scope: ConsentScope;
  readonly version: number;
  readonly guardian: ConsentScope;
  /** Each of them closes the field when it was refused. */
  readonly needed: readonly ConsentScope[];
}

interface Rules {
  readonly basic: readonly ConsentScope[];
  readonly fields: ReadonlyMap<Purpose, ReadonlyMap<FieldCode, FieldRule>>;
}

const NO_FIELDS: ReadonlyMap<FieldCode, FieldRule> = new Map();

/** Registers never change: a new version is a new object. A list asks a thousand times what one says. */
const compiled = new WeakMap<Register, Rules>();

function rulesOf(register: Register): Rules {
  let rules = compiled.get(register);
  if (!rules) {
    rules = compile(register);
    compiled.set(register, rules);
  }
  return rules;
}

function compile({ activities }: Register): Rules {
  const basic = activities
    .filter(({ kind, basis }) => kind === 'basic' && basis === 'L-CONSENT')
    .map(({ purpose }) => purposeScope(purpose));
  const fields = new Map<Purpose, ReadonlyMap<FieldCode, FieldRule>>();
  for (const activity of activities) {
    const rules = activity.enabled ? fieldRules(activity, basic) : NO_FIELDS;
    if (!fields.has(activity.purpose)) fields.set(activity.purpose, rules);
  }
  return { basic, fields };
}

function fieldRules(activity: Activity, basic: readonly ConsentScope[]): ReadonlyMap<FieldCode, FieldRule> {
  const { purpose, basis, consentVersion: version } = activity;
  const guardian = guardianScope(purpose);
  const rules = new Map<FieldCode, FieldRule>();
  for (const entry of activity.fields) {
    const scope = fieldScope(activity, entry);
    const needed = [...new Set([...basic, purposeScope(purpose), guardian, scope])];
    if (!rules.has(entry.field)) rules.set(entry.field, { basis, scope, version, guardian, needed });
  }
  return rules;
}

function linkedDenial(rule: FieldRule, linked: readonly ConsentState[]): Ground | undefined {
  for (const state of linked) {
    const denied = denialOf(rule, state);
    if (denied) return denied;
  }
  return undefined;
}

function denialOf({ needed }: FieldRule, state: ConsentState): Ground | undefined {
  for (const scope of needed) {
    if (!isDenied(state, scope)) continue;
    const reason = state.get(scope)!.decision === 'refuse' ? 'refused' : 'withdrawn';
    return { allowed: false, reason, scope };
  }
  return undefined;
}

/**
 * Consents without which there is no service at all. Also of functions that are off: a workspace that switches one off
 * neither undoes what people said no to nor keeps anybody from leaving (C-35).
 */
export function basicConsents(register: Register): readonly ConsentScope[] {
  return rulesOf(register).basic;
}

/** A guardian agrees to a version like everybody else. */
function isAgreed(state: ConsentState, scope: ConsentScope, version: number): boolean {
  const decided = state.get(scope);
  return decided?.decision === 'grant' && decided.version >= version;
}
