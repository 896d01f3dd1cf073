/** Words of working in conversations: who has one, who looks, what waits. */
export interface TeamWords {
  readonly transfer: string;
  readonly transferTitle: string;
  readonly transferTo: string;
  readonly toQueue: string;
  readonly findColleague: string;
  readonly noColleague: string;
  readonly noteForColleague: string;
  readonly noteSeenByTeam: string;
  readonly chooseSomebody: string;
  readonly backInQueue: string;
  readonly draftConflict: string;
  readonly keepMine: string;
  readonly useTheirs: string;
  readonly keepBoth: string;
  readonly look: string;
  readonly sendAnyway: string;
  /** Between names of a list. */
  readonly listed: string;
  alsoLooking(names: string, count: number): string;
  replying(name: string): string;
  colleagueReplied(name: string): string;
  handedTo(by: string, to: string): string;
  /** The machine did it. */
  routedTo(to: string): string;
  /** The machine took it back: their line was lost. */
  routedBack(from: string): string;
  tookBack(by: string, from: string): string;
  putBack(by: string): string;
}
