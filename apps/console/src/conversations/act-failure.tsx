import { ApiError } from '@libs/api-client';
import type { ConversationSummary } from '@libs/contracts';
import { rights } from '../session/rights.js';
import { useMe } from '../session/session.js';
import { errorText } from '../words/error-text.js';
import { momentText } from '../words/states/moment-text.js';
import { useStateWords } from '../words/states/use-state-words.js';
import type { StateWords } from '../words/states/vocabulary.js';
import { useTeamWords } from '../words/team/use-team-words.js';
import { useWords } from '../words/use-words.js';
import type { Locale } from '../words/vocabulary.js';
import { useColleagues } from './use-hand-over.js';
import { usePlaceWords } from './words/use-place-words.js';

/** Why an act was taken back. A state that was already reached needs no words: the fresh row shows it. */
export function ActFailure({ error, row }: { readonly error: unknown; readonly row?: ConversationSummary }) {
  const words = useWords();
  const me = useMe();
  const work = useTeamWords();
  const states = useStateWords();
  const places = usePlaceWords();
  const code = error instanceof ApiError ? error.code : '';
  const winnerId = error instanceof ApiError ? error.details.assigneeId : undefined;
  const lostRace = code === 'chat.already-taken';
  const colleagues = useColleagues(lostRace);
  if (code === 'chat.not-open' || code === 'chat.not-resolved') return null;
  if (code === 'chat.not-snoozed' || (lostRace && winnerId === me.memberId)) return null;
  // Only who arranges everybody's work may look on; for the others it is gone.
  const taken = rights.arrange(me.role) ? words.alreadyTaken : places.lostRace;
  const named = colleagues.data?.items.find(({ id }) => id === winnerId)?.name;
  const winner = named ?? (row && row.assigneeId !== me.memberId ? row.assigneeName : null);
  const lost = winnerId === '' ? work.backInQueue : winner ? taken(winner) : undefined;
  return (
    <p className="act-failure" role="alert">
      {(lostRace ? lost : undefined) ?? unsnoozed(error, words.locale, states) ?? errorText(error, words)}
    </p>
  );
}

/** Why it was not put off: what the server's clock allows, said in the viewer's time. */
function unsnoozed(error: unknown, locale: Locale, states: StateWords): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const { earliest } = error.details;
  if (error.code === 'chat.snooze-too-late') return states.snoozeTooLate;
  if (error.code !== 'chat.snooze-too-soon' || typeof earliest !== 'number') return undefined;
  const minute = Math.ceil(earliest / 60_000) * 60_000;
  return states.snoozeTooSoon(momentText(minute, Date.now(), locale));
}
