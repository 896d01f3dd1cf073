import type { UnlinkReason } from '@libs/contracts';

/** Words of people who were taken for one person. */
export interface LinkWords {
  readonly title: string;
  readonly hint: string;
  /** Who is linked with whom, where neither is the person of the page. */
  between(one: string, other: string): string;
  /** By what they were linked. */
  readonly reasons: Readonly<Record<string, string>>;
  readonly unlink: string;
  unlinkOf(person: string): string;
  readonly unlinkEffect: string;
  readonly why: string;
  readonly unlinkReasons: Readonly<Record<UnlinkReason, string>>;
}
