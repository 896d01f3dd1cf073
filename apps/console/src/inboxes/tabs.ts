import type { InboxGap } from '@libs/contracts';

/** Sections of an inbox's settings, in their order. */
export type InboxTab = 'basics' | 'origins' | 'notice' | 'look' | 'hours' | 'routing' | 'identity' | 'install';

export const INBOX_TABS: readonly InboxTab[] = [
  ...(['basics', 'look', 'origins', 'notice', 'hours', 'routing', 'identity', 'install'] as const),
];

/** The five steps of a new inbox. */
export const WIZARD_STEPS: readonly InboxTab[] = ['basics', 'origins', 'notice', 'look', 'install'];

/** Where something that is missing is put right. */
export const TAB_OF: Readonly<Record<InboxGap, InboxTab>> = {
  origin: 'origins',
  identity: 'notice',
  notice: 'notice',
  attestation: 'notice',
};

/** The section that an address names; undefined for another word. */
export function tabOf(value: unknown): InboxTab | undefined {
  return INBOX_TABS.find((tab) => tab === value);
}

/** Whether something that is missing is put right in a section. */
export function isWanting(tab: InboxTab, missing: readonly InboxGap[]): boolean {
  return missing.some((gap) => TAB_OF[gap] === tab);
}
