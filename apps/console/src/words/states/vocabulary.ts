/** Words of putting a conversation off and of taking acts back. */
export interface StateWords {
  readonly stateSnoozed: string;
  readonly snooze: string;
  readonly wake: string;
  readonly snoozeTitle: string;
  readonly laterToday: string;
  /** The three usual times; when exactly stands beside them. */
  readonly tomorrowAt9: string;
  readonly mondayAt9: string;
  readonly ownTime: string;
  readonly ownTimeHint: string;
  readonly resolveAndNext: string;
  readonly nextConversation: string;
  readonly previousConversation: string;
  readonly undo: string;
  readonly undone: string;
  readonly undoRefused: string;
  readonly didResolve: string;
  readonly didReopen: string;
  readonly didWake: string;
  readonly didPutBack: string;
  readonly snoozeOver: string;
  /** In the list and the header. */
  snoozedUntil(time: string): string;
  didSnooze(time: string): string;
  snoozedBy(name: string, time: string): string;
  wokenBy(name: string): string;
  /** On the button of a time of one's own. */
  snoozeTo(time: string): string;
  snoozeTooSoon(earliest: string): string;
  readonly snoozeTooLate: string;
  /** Under the choice "later today". */
  inHours(hours: number): string;
}
