import type { PersonalChoice } from '@libs/contracts';
import {
  type ConsentScope,
  type Decided,
  type PersonConsents,
  type Register,
  scopesOf,
  typeOf,
  versionOf,
} from '@libs/privacy-core';
import { type ChoiceLocale, choiceName } from './choice-words.js';

/** What the list is made from. */
export interface ChoiceSources {
  readonly register: Register;
  readonly person: PersonConsents;
  readonly locale: ChoiceLocale;
  /** The mark of what the person has decided when they decide about `scope`. */
  readonly seen: (scope: ConsentScope) => string | null;
  /** Scopes the business asked for and waits. */
  readonly asked: ReadonlySet<string>;
}

/** A choice without the text beside its switch. */
export type UntoldChoice = Omit<PersonalChoice, 'text' | 'version' | 'noticeHash'>;

/** Scopes a person decides on: of functions that are on and rest on consent; a guardian's only where there is one. */
function choosableScopes(register: Register, guarded: boolean): readonly ConsentScope[] {
  return [...scopesOf(register)].filter((scope) => guarded || typeOf(scope) !== 'guardian');
}

/** One entry per scope, in the order of the register (P-0105, F-1501). */
export function choiceList({ register, person, locale, seen, asked }: ChoiceSources): readonly UntoldChoice[] {
  const scopes = choosableScopes(register, person.guarded);
  const names = (scope: ConsentScope, alone: boolean) => choiceName(register, scope, locale, alone);
  const counts = new Map<string, number>();
  for (const scope of scopes) {
    const { purpose } = names(scope, false);
    counts.set(purpose, (counts.get(purpose) ?? 0) + 1);
  }
  return scopes.map((scope) => {
    const name = names(scope, counts.get(names(scope, false).purpose) === 1);
    const decided = person.own.get(scope);
    const activity = register.activities.find(({ purpose }) => purpose === name.purpose);
    return {
      scope,
      type: typeOf(scope) ?? 'ordinary',
      kind: activity?.kind ?? 'extended',
      ...name,
      state: stateOf(decided, versionOf(register, scope)),
      decidedAt: decided?.at ?? null,
      seen: seen(scope),
      asked: asked.has(scope),
    };
  });
}

function stateOf(decided: Decided | undefined, version: number): PersonalChoice['state'] {
  if (!decided) return 'none';
  if (decided.decision === 'refuse') return 'refused';
  if (decided.decision === 'withdraw') return 'withdrawn';
  return decided.version < version ? 'superseded' : 'granted';
}
