import { type AgentText, hideCardNumbers } from '@libs/contracts';

/** A text with the places of its stars, if it has any. */
export type Shown = Pick<AgentText, 'text'> & Partial<Pick<AgentText, 'hidden'>>;

/**
 * What members see of a text that a visitor wrote: numbers of identity and bank cards are stars on every way to them,
 * until one is revealed (P-0401, P-1004). The visitor sees their own words. Runs for each message: a text without twelve
 * digits in a row costs one regular expression.
 */
export function shownToMembers(text: string): Shown {
  return hideCardNumbers(text) ?? { text };
}
