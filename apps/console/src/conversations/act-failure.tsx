import { ApiError } from '@libs/api-client';
import type { ConversationSummary } from '@libs/contracts';
import { useMe } from '../session/session.js';
import { errorText } from '../words/error-text.js';
import { useTeamWords } from '../words/team/use-team-words.js';
import { useWords } from '../words/use-words.js';
import { useColleagues } from './use-hand-over.js';

/** Why an act was taken back. A state that was already reached needs no words: the fresh row shows it. */
export function ActFailure({ error, row }: { readonly error: unknown; readonly row?: ConversationSummary }) {
  const words = useWords();
  const me = useMe();
  const work = useTeamWords();
  const code = error instanceof ApiError ? error.code : '';
  const winnerId = error instanceof ApiError ? error.details.assigneeId : undefined;
  const lostRace = code === 'chat.already-taken';
  const colleagues = useColleagues(lostRace);
  if (code === 'chat.not-open' || code === 'chat.not-resolved') return null;
  if (lostRace && winnerId === me.memberId) return null;
  const named = colleagues.data?.items.find(({ id }) => id === winnerId)?.name;
  const winner = named ?? (row && row.assigneeId !== me.memberId ? row.assigneeName : null);
  const lost = winnerId === '' ? work.backInQueue : winner ? words.alreadyTaken(winner) : undefined;
  return (
    <p className="act-failure" role="alert">
      {(lostRace ? lost : undefined) ?? errorText(error, words)}
    </p>
  );
}
