import type { Decided, Decision } from '../consent/history.js';
import type { ConsentScope } from '../consent/scope.js';
import { fieldScope, guardianScope, purposeScope } from '../consent/scope.js';
import { PURPOSES } from '../declaration/facets.js';
import type { Activity, Register } from '../register/activity.js';
import { DEFAULT_REGISTER } from '../register/default-register.js';
import { FIELDS } from '../register/fields.js';

/** Chance that comes again with its seed (mulberry32), for property tests; the seed is part of a failure's title. */
export class Seeded {
  #state: number;

  constructor(readonly seed: number) {
    this.#state = seed >>> 0;
  }

  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number in [0, below). */
  below(below: number): number {
    return Math.floor(this.next() * below);
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!;
  }

  /** True once in `of` times. */
  oneIn(of: number): boolean {
    return this.below(of) === 0;
  }

  shuffled<T>(from: readonly T[]): T[] {
    const mixed = [...from];
    for (let last = mixed.length - 1; last > 0; last -= 1) {
      const other = this.below(last + 1);
      [mixed[last], mixed[other]] = [mixed[other]!, mixed[last]!];
    }
    return mixed;
  }

  /** Text of characters that make trouble: Chinese, emoji, marks, right to left, joiners, full width, controls. */
  text(most: number): string {
    const length = 1 + this.below(most);
    return Array.from({ length }, () => this.pick(CHARACTERS)).join('');
  }
}

/** Runs `body` with `runs` different seeds; the seed that fails is in the message. */
export function forSeeds(runs: number, body: (seeded: Seeded) => void): void {
  const first = Number(process.env.TEST_SEED ?? 1);
  for (let seed = first; seed < first + runs; seed += 1) {
    try {
      body(new Seeded(seed));
    } catch (error) {
      throw new Error(`TEST_SEED=${seed}: ${(error as Error).message}`, { cause: error });
    }
  }
}

const CHARACTERS = [
  ...'abzA019 .-_@+',
  ...'林晓雯上海市浦东新区１３８',
  '👩‍👩‍👧‍👦',
  '🙏',
  '\u0301',
  '\u202E',
  'رنا',
  'ש',
  '\u200D',
  '\u0007',
];

export const DECISIONS: readonly Decision[] = ['grant', 'refuse', 'withdraw'];

/** Every scope that some register could ask for. */
export const EVERY_SCOPE: readonly ConsentScope[] = PURPOSES.flatMap((purpose) => [
  purposeScope(purpose),
  guardianScope(purpose),
  ...FIELDS.flatMap(({ code }) => [
    fieldScope({ purpose }, { field: code, consent: 'own' }),
    fieldScope({ purpose }, { field: code, consent: 'separate' }),
  ]),
]);

/** Scopes that decide about the default register: the ones worth drawing often. */
export const USUAL_SCOPES: readonly ConsentScope[] = [
  ...new Set(
    DEFAULT_REGISTER.activities.flatMap((activity) => [
      purposeScope(activity.purpose),
      guardianScope(activity.purpose),
      ...activity.fields.map((entry) => fieldScope(activity, entry)),
    ]),
  ),
];

/** A random decision; moments are few, so that ties happen. */
export function someDecided(seeded: Seeded): Decided {
  const decision = seeded.pick(DECISIONS);
  const version = decision === 'grant' ? 1 + seeded.below(3) : 0;
  return { scope: seeded.pick(USUAL_SCOPES), decision, version, at: seeded.below(40) };
}

/** A history that mostly agrees, so that grounds exist to be lost. */
export function someHistory(seeded: Seeded): Decided[] {
  const agreed = USUAL_SCOPES.filter(() => !seeded.oneIn(4)).map(
    (scope): Decided => ({ scope, decision: 'grant', version: 1 + seeded.below(3), at: seeded.below(10) }),
  );
  return [...agreed, ...Array.from({ length: seeded.below(4) }, () => someDecided(seeded))];
}

/** The default register with functions switched, raised and re-based at random. */
export function someRegister(seeded: Seeded): Register {
  const activities = DEFAULT_REGISTER.activities.map((activity): Activity => {
    const enabled = seeded.oneIn(6) ? !activity.enabled : activity.enabled;
    const basis = seeded.oneIn(12) ? 'L-CONTRACT' : activity.basis;
    return { ...activity, enabled, basis, consentVersion: 1 + seeded.below(2) };
  });
  return { ...DEFAULT_REGISTER, activities };
}
