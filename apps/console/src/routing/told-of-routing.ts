import type { InboxRouting } from '@libs/contracts';
import type { ToldField } from '../forms/changed-fields.js';
import type { RoutingWords } from './words/zh-cn.js';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** What is said of how an inbox gives that somebody else changed. */
export function toldOfRouting(
  words: RoutingWords,
  teams: readonly Named[] = [],
  hours: readonly Named[] = [],
): readonly ToldField<InboxRouting>[] {
  return [
    named(words.hours, hours, words.hoursOfWorkspace, ({ hoursId }) => hoursId),
    {
      label: words.outside,
      of: ({ outsideHours }) => outsideHours,
      text: ({ outsideHours }) => words.outsides[outsideHours],
    },
    { label: words.mode, of: ({ mode }) => mode, text: ({ mode }) => words.modes[mode] },
    named(words.team, teams, words.everybody, ({ teamId }) => teamId),
    named(words.overflow, teams, words.noOverflow, ({ overflowTeamId }) => overflowTeamId),
    {
      label: words.after,
      of: ({ overflowAfterSeconds }) => overflowAfterSeconds,
      text: ({ overflowAfterSeconds }) => String(overflowAfterSeconds),
    },
    { label: words.showPlace, of: ({ showPlace }) => showPlace },
  ];
}

/** A field that holds which one; of one that is not known (yet) only the field is named. */
function named(
  label: string,
  known: readonly Named[],
  none: string,
  of: (routing: InboxRouting) => string | null,
): ToldField<InboxRouting> {
  const nameOf = (id: string | null) => (id === null ? none : known.find((one) => one.id === id)?.name);
  return { label, of, text: (routing) => nameOf(of(routing)) };
}
