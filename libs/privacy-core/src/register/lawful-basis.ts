/** Why data may be processed: consent or one of twelve grounds. Closed (P-0111); a new one is a change of law. */
export type LawfulBasis =
  | 'L-CONSENT'
  | 'L-LEGALDUTY'
  | 'L-SECURITY'
  | 'L-PUBLIC'
  | 'L-CRIME'
  | 'L-VITAL'
  | 'L-SELFPUBLIC'
  | 'L-LEGALPUBLIC'
  | 'L-CONTRACT'
  | 'L-STABILITY'
  | 'L-NEWS'
  | 'L-RESEARCH'
  | 'L-OTHERLAW';

/** All grounds, in the order of the register. */
export const LAWFUL_BASES: readonly LawfulBasis[] = [
  'L-CONSENT',
  'L-LEGALDUTY',
  'L-SECURITY',
  'L-PUBLIC',
  'L-CRIME',
  'L-VITAL',
  'L-SELFPUBLIC',
  'L-LEGALPUBLIC',
  'L-CONTRACT',
  'L-STABILITY',
  'L-NEWS',
  'L-RESEARCH',
  'L-OTHERLAW',
];

/** Grounds that only some of the policies know: off until the tenant allows them by name (C-21). */
export const BASES_OFF_BY_DEFAULT: ReadonlySet<LawfulBasis> = new Set(['L-STABILITY', 'L-NEWS', 'L-RESEARCH']);

/** True for a word of the closed list. */
export function isLawfulBasis(word: unknown): word is LawfulBasis {
  return LAWFUL_BASES.includes(word as LawfulBasis);
}
