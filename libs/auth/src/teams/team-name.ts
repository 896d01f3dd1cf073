import { TEAM_LIMITS } from '@libs/contracts';
import { textHash } from '@libs/privacy-core';
import { plainText } from '../logins/plain-name.js';
import { teamErrors } from './team.errors.js';

/** A name as it is kept, and what it is compared by. */
export interface TeamName {
  readonly name: string;
  readonly hash: string;
}

/** Checks a name; 422 `account.team-name-invalid` with the rule. */
export function teamName(typed: string): TeamName {
  const checked = plainText(typed, TEAM_LIMITS.nameCharacters);
  if ('rule' in checked) throw teamErrors.nameInvalid(checked.rule);
  return { name: checked.value, hash: hashOf(checked.value) };
}

/** The same for names that differ in case, width or spaces alone. */
export function hashOf(name: string): string {
  return textHash(name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim());
}
