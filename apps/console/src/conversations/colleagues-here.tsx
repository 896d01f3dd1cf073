import { EyeOutlined } from '@ant-design/icons';
import { useTeamWords } from '../words/team/use-team-words.js';
import { useWords } from '../words/use-words.js';
import type { RoomSnapshot } from './conversation-room.js';

/** Who else is here, and who writes: said where one is about to write oneself. */
export function ColleaguesHere({ snapshot }: { readonly snapshot: Pick<RoomSnapshot, 'viewers' | 'replying'> }) {
  const words = useWords();
  const work = useTeamWords();
  const { viewers, replying } = snapshot;
  const names = viewers.map(({ name }) => name ?? words.unknownColleague);
  const writing = replying !== null;
  return (
    <p className="colleagues-here meta" role="status" data-writing={writing || undefined}>
      {(writing || names.length > 0) && <EyeOutlined aria-hidden />}
      {writing
        ? work.replying(replying || words.unknownColleague)
        : names.length > 0 && (
            <span title={names.join(work.listed)}>
              {work.alsoLooking(names.slice(0, 2).join(work.listed), names.length)}
            </span>
          )}
    </p>
  );
}
