import { useLiveViewWords } from '../live-view/words/use-live-view-words.js';
import type { LiveViewWords } from '../live-view/words/zh-cn.js';
import { clockTime } from '../words/format.js';
import { momentText } from '../words/states/moment-text.js';
import { useStateWords } from '../words/states/use-state-words.js';
import { useTeamWords } from '../words/team/use-team-words.js';
import type { TeamWords } from '../words/team/vocabulary.js';
import { useWords } from '../words/use-words.js';
import type { Words } from '../words/vocabulary.js';
import type { ActivityItem } from './log-layout.js';

/** Who gave it to whom; without a member it is the author who has it, or had it. */
function handed(item: ActivityItem, by: string, words: Words, work: TeamWords & LiveViewWords): string {
  if (!('member' in item) || item.member === undefined) {
    return item.kind === 'assigned' ? words.assignedTo(by) : words.releasedBy(by);
  }
  const name = item.member.name ?? words.unknownColleague;
  // No visitor hands anything over: without a member as author it was routing.
  if (item.author.id === null) return item.kind === 'assigned' ? work.routedTo(name) : work.routedBack(name);
  if (item.kind === 'assigned') return item.member.id === item.author.id ? work.tookOver(by) : work.handedTo(by, name);
  return item.member.id === item.author.id ? work.putBack(by) : work.tookBack(by, name);
}

interface LineProps {
  readonly item: ActivityItem;
  /** Takes it back, as long as that is possible: eight seconds must not be the only chance. */
  readonly onUndo?: () => void;
}

/** What happened without words: who took, gave, put off, resolved it. */
export function ActivityLine({ item, onUndo }: LineProps) {
  const words = useWords();
  const work = { ...useTeamWords(), ...useLiveViewWords() };
  const states = useStateWords();
  const name = item.author.name ?? words.unknownColleague;
  const said = {
    taken: () => words.taken(name),
    resolved: () => words.resolvedBy(name),
    reopened: () => (item.author.kind === 'visitor' ? words.visitorReopened : words.reopenedBy(name)),
    snoozed: () => states.snoozedBy(name, 'until' in item ? momentText(item.until, Date.now(), words.locale) : ''),
    woken: () => (item.author.kind === 'visitor' ? states.snoozeOver : states.wokenBy(name)),
    assigned: () => handed(item, name, words, work),
    released: () => handed(item, name, words, work),
    erased: () => words.erasedContent,
  }[item.kind]();
  return (
    <p className="log-line meta" data-activity={item.kind}>
      {said} · <time dateTime={new Date(item.at).toISOString()}>{clockTime(item.at, words.locale)}</time>
      {onUndo && (
        <button type="button" className="undo-line" onClick={onUndo}>
          {states.undo}
        </button>
      )}
    </p>
  );
}
