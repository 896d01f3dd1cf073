import { ClockCircleOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import type { ConversationSummary } from '@libs/contracts';
import { exactTime } from '../words/format.js';
import { useWords } from '../words/use-words.js';
import { minutesWaited, toneOfWaiting } from './waiting.js';
import { usePlaceWords } from './words/use-place-words.js';
import './waiting.css';

interface WaitingProps {
  readonly row: Pick<ConversationSummary, 'state' | 'waitingSince'>;
  readonly now: number;
}

/** How long the visitor has waited for an answer, louder the longer it is; since when exactly stands behind it. */
export function WaitingTag({ row, now }: WaitingProps) {
  const { locale } = useWords();
  const words = usePlaceWords();
  const minutes = minutesWaited(row, now);
  if (minutes === undefined || row.waitingSince === null) return null;
  const since = words.waitsSince(exactTime(row.waitingSince, now, locale));
  const tone = toneOfWaiting(minutes);
  return (
    <span className="status-tag waiting-tag" data-tone={tone} title={since}>
      {tone === 'overdue' ? <ExclamationCircleOutlined aria-hidden /> : <ClockCircleOutlined aria-hidden />}
      {words.waited(minutes)}
      <span className="visually-hidden">{since}</span>
    </span>
  );
}
