import type { RegisterActivity, RegisterContent, RegisterFieldPolicy } from '@libs/contracts';

export type Aspect =
  | 'whole'
  | 'enabled'
  | 'basis'
  | 'basisNote'
  | 'kind'
  | 'recipients'
  | 'retainMonths'
  | 'fields'
  | 'tier'
  | 'allowedBases'
  | `role:${keyof RegisterFieldPolicy['roles']}`;

/** One difference: where it stands and both sides as they are written in the register. */
export interface Difference {
  readonly about: 'activity' | 'field' | 'workspace';
  /** Purpose or field; empty for what concerns the whole workspace. */
  readonly at: string;
  readonly aspect: Aspect;
  readonly before: string;
  readonly after: string;
}

type Written = Readonly<Partial<Record<Aspect, string>>>;

/** All differences from `before` to `after`, in the order of the screen. */
export function differences(before: RegisterContent, after: RegisterContent): readonly Difference[] {
  return [
    ...compare('activity', before.activities, after.activities, ({ purpose }) => purpose, writtenActivity),
    ...compare('field', before.fields, after.fields, ({ field }) => field, writtenPolicy),
    ...allowed(before, after),
  ];
}

function compare<T>(
  about: Difference['about'],
  before: readonly T[],
  after: readonly T[],
  nameOf: (entry: T) => string,
  write: (entry: T) => Written,
): Difference[] {
  const old = new Map(before.map((entry) => [nameOf(entry), entry]));
  const now = new Map(after.map((entry) => [nameOf(entry), entry]));
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names.flatMap((at): Difference[] => {
    const one = old.get(at);
    const other = now.get(at);
    if (one === undefined) return [{ about, at, aspect: 'whole', before: '', after: at }];
    if (other === undefined) return [{ about, at, aspect: 'whole', before: at, after: '' }];
    return changed(write(one), write(other)).map((entry) => ({ about, at, ...entry }));
  });
}

function changed(one: Written, other: Written): Pick<Difference, 'aspect' | 'before' | 'after'>[] {
  return (Object.keys(one) as Aspect[])
    .filter((aspect) => one[aspect] !== other[aspect])
    .map((aspect) => ({ aspect, before: one[aspect] ?? '', after: other[aspect] ?? '' }));
}

function writtenActivity(activity: RegisterActivity): Written {
  return {
    enabled: String(activity.enabled),
    kind: activity.kind,
    basis: activity.basis,
    basisNote: activity.basisNote,
    fields: [...activity.fields]
      .map(({ field, consent }) => `${field} ${consent}`)
      .sort()
      .join(','),
    recipients: [...activity.recipients].sort().join(','),
    retainMonths: String(activity.retainMonths),
  };
}

function writtenPolicy({ tier, roles }: RegisterFieldPolicy): Written {
  return { tier, ...Object.fromEntries(Object.entries(roles).map(([role, sees]) => [`role:${role}`, sees])) };
}

function allowed(before: RegisterContent, after: RegisterContent): Difference[] {
  const [one, other] = [before, after].map(({ allowedBases }) => [...allowedBases].sort().join(','));
  if (one === other) return [];
  return [{ about: 'workspace', at: '', aspect: 'allowedBases', before: one!, after: other! }];
}
