import { isPurpose, type RetainFacet, TIERS } from '../declaration/facets.js';
import { type Activity, type FieldPolicy, RECIPIENT, type Register } from './activity.js';
import { fieldDefinition } from './fields.js';
import { BASES_OFF_BY_DEFAULT, isLawfulBasis } from './lawful-basis.js';

/** Why a version of the register cannot stand; closed list, shown beside the row. */
export type RegisterFault =
  | 'unknown-purpose'
  | 'duplicate-purpose'
  | 'unknown-basis'
  | 'basis-not-allowed'
  | 'basis-note-missing'
  | 'unknown-field'
  | 'duplicate-field'
  | 'sensitive-needs-separate'
  | 'basic-with-own-consent'
  | 'missing-purpose'
  | 'missing-field'
  | 'tier-below-law'
  | 'retention-out-of-range'
  | 'recipient-invalid';

/** One fault and where it stands: a purpose, or a field. */
export interface RegisterProblem {
  readonly fault: RegisterFault;
  readonly at: string;
}

const MOST_MONTHS = 240;
/** What the law wants kept for a time cannot be kept for less; these floors are nobody's to shorten (C-05). */
const LEAST_MONTHS: Partial<Record<RetainFacet, number>> = { 'network-log': 6, transaction: 36 };

/** All faults of `next`. `known` is the register the product ships: no function of it may be left out. */
export function registerProblems(next: Register, known: Register): readonly RegisterProblem[] {
  const problems: RegisterProblem[] = [];
  const purposes = next.activities.map(({ purpose }) => purpose);
  for (const [index, activity] of next.activities.entries()) {
    const say = (fault: RegisterFault) => problems.push({ fault, at: activity.purpose });
    if (!isPurpose(activity.purpose)) say('unknown-purpose');
    if (purposes.indexOf(activity.purpose) !== index) say('duplicate-purpose');
    for (const fault of activityFaults(activity, next)) say(fault);
  }
  for (const basis of next.allowedBases) {
    if (!isLawfulBasis(basis)) problems.push({ fault: 'unknown-basis', at: String(basis) });
  }
  problems.push(...known.activities.flatMap((activity) => shippedProblems(activity, next)));
  return [...problems, ...fieldProblems(next.fields, known.fields)];
}

/** No shipped function may be left out; one that is a legal duty is not the workspace's to switch off or to re-base. */
function shippedProblems({ purpose, basis }: Activity, next: Register): RegisterProblem[] {
  const found = next.activities.find((activity) => activity.purpose === purpose);
  if (!found) return [{ fault: 'missing-purpose', at: purpose }];
  if (basis !== 'L-LEGALDUTY') return [];
  const problems: RegisterProblem[] = [];
  if (!found.enabled) problems.push({ fault: 'missing-purpose', at: purpose });
  if (found.basis !== basis) problems.push({ fault: 'basis-not-allowed', at: purpose });
  return problems;
}

function activityFaults(activity: Activity, { allowedBases, fields }: Register): RegisterFault[] {
  const faults: RegisterFault[] = [];
  const { basis, basisNote, retain, retainMonths, recipients } = activity;
  if (!isLawfulBasis(basis)) faults.push('unknown-basis');
  else if (BASES_OFF_BY_DEFAULT.has(basis) && !allowedBases.includes(basis)) faults.push('basis-not-allowed');
  if (basis === 'L-OTHERLAW' && basisNote.trim() === '') faults.push('basis-note-missing');
  if (!Number.isInteger(retainMonths) || retainMonths < (LEAST_MONTHS[retain] ?? 1) || retainMonths > MOST_MONTHS) {
    faults.push('retention-out-of-range');
  }
  if (!recipients.every((recipient) => RECIPIENT.test(recipient))) faults.push('recipient-invalid');
  const codes = activity.fields.map(({ field }) => field);
  if (new Set(codes).size !== codes.length) faults.push('duplicate-field');
  return [...faults, ...consentFaults(activity, fields)];
}

function consentFaults({ basis, kind, fields: entries }: Activity, fields: readonly FieldPolicy[]): RegisterFault[] {
  const faults: RegisterFault[] = [];
  for (const { field, consent } of entries) {
    const definition = fieldDefinition(field);
    if (!definition) faults.push('unknown-field');
    else if (basis === 'L-CONSENT') {
      const tier = fields.find((policy) => policy.field === field)?.tier ?? definition.tier;
      const isItself = definition.isTheFunction && kind === 'basic';
      if (tier === 'T3' && consent !== 'separate' && !isItself) faults.push('sensitive-needs-separate');
      if (kind === 'basic' && consent !== 'with-purpose') faults.push('basic-with-own-consent');
    }
  }
  return faults;
}

function fieldProblems(next: readonly FieldPolicy[], known: readonly FieldPolicy[]): RegisterProblem[] {
  const problems: RegisterProblem[] = [];
  const codes = next.map(({ field }) => field);
  for (const { field, tier } of next) {
    const definition = fieldDefinition(field);
    if (!definition) problems.push({ fault: 'unknown-field', at: field });
    else if (TIERS.indexOf(tier) < TIERS.indexOf(definition.tier))
      problems.push({ fault: 'tier-below-law', at: field });
  }
  if (new Set(codes).size !== codes.length) problems.push({ fault: 'duplicate-field', at: 'fields' });
  for (const { field } of known) {
    if (!codes.includes(field)) problems.push({ fault: 'missing-field', at: field });
  }
  return problems;
}

/**
 * True when people agreed to less than `next` does: a new field, another ground, a new recipient, longer keeping, or
 * switched on (P-0103). Then its `consentVersion` goes up and older consents stop counting.
 */
export function needsFreshConsent(before: Activity | undefined, next: Activity): boolean {
  if (!before) return true;
  const had = new Set(before.fields.map(({ field, consent }) => `${field} ${consent}`));
  return (
    next.fields.some(({ field, consent }) => !had.has(`${field} ${consent}`)) ||
    (next.enabled && !before.enabled) ||
    next.basis !== before.basis ||
    next.kind !== before.kind ||
    next.retain !== before.retain ||
    next.retainMonths > before.retainMonths ||
    next.recipients.some((recipient) => !before.recipients.includes(recipient))
  );
}

/** `next` with its consent versions set by what changed; a caller's own numbers are ignored. */
export function withConsentVersions(before: Register, next: Register): Register {
  const activities = next.activities.map((activity) => {
    const old = before.activities.find(({ purpose }) => purpose === activity.purpose);
    const version = old?.consentVersion ?? 0;
    return { ...activity, consentVersion: needsFreshConsent(old, activity) ? version + 1 : version };
  });
  return { ...next, activities };
}
