import { useSyncExternalStore } from 'react';
import { safeText } from '../words/format.js';
import { useTeamWords } from '../words/team/use-team-words.js';
import type { ConversationRoom } from './conversation-room.js';
import type { DraftChoice } from './draft-keeper.js';

/** Another tab has kept a different text: both are here until the member has chosen. */
export function DraftConflict({ room }: { readonly room: ConversationRoom }) {
  const work = useTeamWords();
  const theirs = useSyncExternalStore(room.keeper.conflict.subscribe, room.keeper.conflict.get);
  if (!theirs) return null;
  const choices: readonly (readonly [DraftChoice, string])[] = [
    ['mine', work.keepMine],
    ['theirs', work.useTheirs],
    ['both', work.keepBoth],
  ];
  return (
    <div className="draft-conflict" role="alert">
      <p>{work.draftConflict}</p>
      <p className="draft-theirs" dir="auto">
        {safeText([theirs.message, theirs.note].filter((text) => text !== '').join('\n'))}
      </p>
      <div className="draft-choices">
        {choices.map(([choice, label]) => (
          <button key={choice} type="button" className="plain-button" onClick={() => room.keeper.choose(choice)}>
            {label}
          </button>
        ))}
      </div>
    </div>
  );
}
