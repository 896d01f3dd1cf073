import type { CannedVariable } from '@libs/contracts';

/** Words of writing: canned responses, mentions, ways to send. */
export interface WritingWords {
  readonly viewMentions: string;
  readonly titleMentions: string;
  readonly emptyMentions: string;
  readonly cannedPage: string;
  readonly cannedIntro: string;
  readonly cannedEmpty: string;
  readonly cannedNew: string;
  readonly cannedEdit: string;
  cannedDeleted(shortcut: string): string;
  readonly shortcut: string;
  readonly shortcutHint: string;
  readonly title: string;
  readonly text: string;
  readonly language: string;
  readonly anyLanguage: string;
  readonly zhCn: string;
  readonly en: string;
  readonly order: string;
  readonly orderHint: string;
  readonly forWhom: string;
  readonly forAll: string;
  readonly forMe: string;
  readonly onlySharers: string;
  readonly insertVariable: string;
  readonly preview: string;
  readonly previewHint: string;
  readonly save: string;
  readonly edit: string;
  readonly remove: string;
  readonly cannedList: string;
  readonly noCanned: string;
  cannedFound(count: number): string;
  readonly mentionList: string;
  readonly noColleague: string;
  readonly variables: Readonly<Record<CannedVariable, string>>;
  /** What preview shows in their place. */
  readonly samples: Readonly<Record<CannedVariable, string>>;
  readonly listed: string;
  unfilled(names: string): string;
  readonly nameNotPlain: string;
  readonly mayReadNow: string;
  readonly sendOptions: string;
  readonly sendAndResolve: string;
  readonly noteAndResolve: string;
  readonly sendAndSnooze: string;
  readonly draftIdCard: string;
  readonly draftBankCard: string;
  readonly draftBoth: string;
  readonly maskDraft: string;
  readonly sendAnyway: string;
  readonly cannedButton: string;
  readonly mentionButton: string;
  /** By the server's code. */
  readonly refusals: Readonly<Record<string, string>>;
}
