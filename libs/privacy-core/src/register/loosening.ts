import { TIERS } from '../declaration/facets.js';
import { POLICY_ROLES, type Register, type Visibility } from './activity.js';
import type { FieldCode } from './fields.js';

const OPENNESS: readonly Visibility[] = ['none', 'masked', 'plain'];
/** Ground of a function that does not use the field, or is switched off. */
const NO_GROUND = 'off';

/**
 * One way in which a register shows more of a field, or asks less: what a second person decides about. Codes only.
 *
 * `role`: `of` sees more of it. `tier`: its tier goes down, `of` is empty. `purpose`: `of` may use it without asking the
 * person, or, where another ground becomes a legal duty, also of those who took back the basic consent; `before` and
 * `after` are lawful bases, `off` for none.
 */
export interface Loosening {
  readonly field: FieldCode;
  readonly aspect: 'role' | 'tier' | 'purpose';
  readonly of: string;
  readonly before: string;
  readonly after: string;
}

/** Everything that is looser in `next`, field by field in its order. */
export function loosenings(before: Register, next: Register): readonly Loosening[] {
  return next.fields.flatMap(({ field }) => [
    ...looserPolicy(field, before, next),
    ...next.activities.flatMap((activity) => {
      const after = openGround(next, activity.purpose, field);
      const old = openGround(before, activity.purpose, field);
      // A legal duty is looser than every other ground: it is open even of those who left.
      if (after === undefined || after === old || (old !== undefined && after !== 'L-LEGALDUTY')) return [];
      return [looser(field, 'purpose', activity.purpose, groundOf(before, activity.purpose, field), after)];
    }),
  ]);
}

/**
 * Fields that somebody would see more of than before, whose tier goes down, or that a function may now use without
 * asking the person: a second person decides.
 */
export function loosened(before: Register, next: Register): readonly FieldCode[] {
  return [...new Set(loosenings(before, next).map(({ field }) => field))];
}

function looserPolicy(field: FieldCode, before: Register, next: Register): Loosening[] {
  const [old, now] = [before, next].map(({ fields }) => fields.find((policy) => policy.field === field));
  if (!old || !now) return [];
  const found = POLICY_ROLES.filter(
    (role) => OPENNESS.indexOf(now.roles[role]) > OPENNESS.indexOf(old.roles[role]),
  ).map((role) => looser(field, 'role', role, old.roles[role], now.roles[role]));
  if (TIERS.indexOf(now.tier) < TIERS.indexOf(old.tier)) found.push(looser(field, 'tier', '', old.tier, now.tier));
  return found;
}

/** The basis on which a function uses a field; `off` where it does not. */
function groundOf({ activities }: Register, purpose: string, field: FieldCode): string {
  const activity = activities.find((one) => one.purpose === purpose);
  return activity?.enabled && activity.fields.some((one) => one.field === field) ? activity.basis : NO_GROUND;
}

/** The same where it needs no consent. */
function openGround(register: Register, purpose: string, field: FieldCode): string | undefined {
  const ground = groundOf(register, purpose, field);
  return ground === NO_GROUND || ground === 'L-CONSENT' ? undefined : ground;
}

function looser(
  field: FieldCode,
  aspect: Loosening['aspect'],
  ...[of, before, after]: [string, string, string]
): Loosening {
  return { field, aspect, of, before, after };
}
