import type { RegisterActivity, RegisterContent, RegisterFieldPolicy } from '@libs/contracts';

/** The register with one function replaced; everything else stays as it is in `register`. */
export function withActivity(register: RegisterContent, activity: RegisterActivity): RegisterContent {
  const activities = register.activities.map((one) => (one.purpose === activity.purpose ? activity : one));
  return { ...register, activities };
}

/** What somebody set in the grid of fields, over the version it was set in. */
export type FieldChanges = Readonly<Record<string, Partial<RegisterFieldPolicy>>>;

/** One more cell; a cell that is back at its old value is no change. */
export function changeField(
  changes: FieldChanges,
  policy: RegisterFieldPolicy,
  change: Pick<RegisterFieldPolicy, 'tier'> | { readonly roles: Partial<RegisterFieldPolicy['roles']> },
): FieldChanges {
  const before = { ...policy, ...changes[policy.field] };
  const next: RegisterFieldPolicy = {
    field: policy.field,
    tier: 'tier' in change ? change.tier : before.tier,
    roles: 'roles' in change ? { ...before.roles, ...change.roles } : before.roles,
  };
  const { [policy.field]: _gone, ...rest } = changes;
  return samePolicy(policy, next) ? rest : { ...rest, [policy.field]: next };
}

function samePolicy(one: RegisterFieldPolicy, other: RegisterFieldPolicy): boolean {
  const roles = Object.keys(one.roles) as (keyof RegisterFieldPolicy['roles'])[];
  return one.tier === other.tier && roles.every((role) => one.roles[role] === other.roles[role]);
}

/** The register with the cells of the grid as they are set now. */
export function withFields(register: RegisterContent, changes: FieldChanges): RegisterContent {
  return { ...register, fields: register.fields.map((policy) => ({ ...policy, ...changes[policy.field] })) };
}

const OPENNESS: readonly string[] = ['none', 'masked', 'plain'];

/** The part of `changes` that shows nobody more than `register` does: it needs no second person, so it waits for none. */
export function tightened(register: RegisterContent, changes: FieldChanges): FieldChanges {
  return register.fields.reduce<FieldChanges>((found, policy) => {
    const next = { ...policy, ...changes[policy.field] };
    const roles = Object.keys(policy.roles) as (keyof RegisterFieldPolicy['roles'])[];
    const closed = roles.filter((role) => OPENNESS.indexOf(next.roles[role]) < OPENNESS.indexOf(policy.roles[role]));
    const tighter = next.tier > policy.tier ? changeField(found, policy, { tier: next.tier }) : found;
    return closed.reduce((all, role) => changeField(all, policy, { roles: { [role]: next.roles[role] } }), tighter);
  }, {});
}

/** Codes as somebody types them, with commas of either script. */
export function parseRecipients(text: string): readonly string[] {
  return [...new Set(text.split(/[,，、\s]+/).filter(Boolean))];
}
