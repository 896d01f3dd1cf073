import { SearchOutlined } from '@ant-design/icons';
import { MOST_SOUGHT_PEOPLE } from '@libs/contracts';
import { Button } from 'antd';
import { errorText } from '../words/error-text.js';
import { useWords } from '../words/use-words.js';
import type { Found } from './use-found.js';
import { usePlaceWords } from './words/use-place-words.js';

/** How much was found, also for those who do not see it. */
export function FoundHead({ found }: { readonly found: Found }) {
  const words = usePlaceWords();
  const { state, sections, more } = found;
  const count = sections.reduce((sum, { rows }) => sum + rows.length, 0);
  const said = {
    loading: words.finding,
    ready: words.foundTalks(
      count,
      sections.some(({ query }) => query.hasNextPage),
    ),
    'sought-empty': words.noTalkFound,
    error: '',
  }[state];
  return (
    <div className={state === 'ready' ? 'found-head' : 'found-head visually-hidden'}>
      <p role="status">{said}</p>
      {more && state === 'ready' && <p>{words.moreMeant(MOST_SOUGHT_PEOPLE)}</p>}
    </div>
  );
}

interface NotFoundProps {
  readonly found: Found;
  readonly onEnd: () => void;
}

/** Nobody, or nobody whose conversations one sees; or the search did not finish. */
export function NotFound({ found: { state, error, retry }, onEnd }: NotFoundProps) {
  const words = useWords();
  const places = usePlaceWords();
  if (state === 'error') {
    return (
      <div className="list-message" role="alert">
        <p>{errorText(error, words)}</p>
        <Button onClick={retry}>{words.retry}</Button>
      </div>
    );
  }
  return (
    <div className="list-message">
      <SearchOutlined aria-hidden className="list-icon" />
      <p>{places.noTalkFound}</p>
      <p>{places.whatFinds}</p>
      <Button onClick={onEnd}>{places.endSearch}</Button>
    </div>
  );
}
