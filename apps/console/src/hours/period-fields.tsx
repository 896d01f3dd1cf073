import { DeleteOutlined } from '@ant-design/icons';
import { HOURS_LIMITS, type HoursPeriod } from '@libs/contracts';
import { Button } from 'antd';
import { endTime, nextPeriod, shownTime } from './hours-draft.js';
import { useHoursWords } from './words/use-hours-words.js';

interface PeriodFieldsProps {
  /** Whose periods they are, for readers. */
  readonly day: string;
  readonly periods: readonly HoursPeriod[];
  readonly onChange: (periods: readonly HoursPeriod[]) => void;
}

/** The periods of one day, in order. */
export function PeriodFields({ day, periods, onChange }: PeriodFieldsProps) {
  const words = useHoursWords();
  const set = (at: number, part: Partial<HoursPeriod>) =>
    onChange(periods.map((period, index) => (index === at ? { ...period, ...part } : period)));
  return (
    <div className="period-fields">
      {periods.map(({ from, to }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a period is its place
        <div key={at} className="period">
          <input
            type="time"
            className="native-input"
            aria-label={words.periodOf(day, at + 1, words.from)}
            value={from}
            onChange={(event) => set(at, { from: event.target.value })}
          />
          <span aria-hidden>–</span>
          <input
            type="time"
            className="native-input"
            aria-label={words.periodOf(day, at + 1, words.to)}
            value={shownTime(to)}
            onChange={(event) => set(at, { to: endTime(event.target.value) })}
          />
          <Button
            type="text"
            aria-label={words.periodOf(day, at + 1, words.removePeriod)}
            title={words.removePeriod}
            icon={<DeleteOutlined aria-hidden />}
            onClick={() => onChange(periods.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      {periods.length > 0 && periods.length < HOURS_LIMITS.periods && (
        <button
          type="button"
          className="text-button"
          aria-label={`${day}: ${words.addPeriod}`}
          onClick={() => onChange([...periods, nextPeriod(periods)])}
        >
          {words.addPeriod}
        </button>
      )}
    </div>
  );
}
