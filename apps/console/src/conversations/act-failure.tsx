import { ApiError } from '@libs/api-client';
import type { ConversationSummary } from '@libs/contracts';
import { useMe } from '../session/session.js';
import { errorText } from '../words/error-text.js';
import { useWords } from '../words/use-words.js';
import type { Act } from './conversation-queries.js';

/** Why an act was taken back. A state that was already reached needs no words: the fresh row shows it. */
export function ActFailure({ act, row }: { readonly act: Act; readonly row?: ConversationSummary }) {
  const words = useWords();
  const me = useMe();
  const code = act.error instanceof ApiError ? act.error.code : '';
  if (code === 'chat.not-open' || code === 'chat.not-resolved') return null;
  const winner = row && row.assigneeId !== me.memberId ? row.assigneeName : null;
  const lostRace = code === 'chat.already-taken' && winner !== null && winner !== undefined;
  return (
    <p className="act-failure" role="alert">
      {lostRace ? words.alreadyTaken(winner) : errorText(act.error, words)}
    </p>
  );
}
