import { AVAILABILITIES } from '@libs/contracts';
import { useActs } from '../palette/acts.js';
import { useAvailability, useChooseAvailability } from './use-availability.js';
import { useAvailabilityWords, useOtherAvailabilityWords } from './words/use-availability-words.js';
import './availability.css';

/** Whether one takes work: three words, what each means, and how much there is now. */
export function AvailabilitySwitch() {
  const words = useAvailabilityWords();
  const own = useAvailability();
  const choose = useChooseAvailability();
  const other = useOtherAvailabilityWords();
  useActs(
    AVAILABILITIES.filter((one) => own.data !== undefined && one !== own.data.availability).map((one) => ({
      id: `availability:${one}`,
      does: words.be(words.states[one]),
      also: other.be(other.states[one]),
      run: () => choose.mutate(one),
    })),
  );
  if (!own.data) return null;
  const { availability, lost, open, capacity } = own.data;
  // What was chosen is shown while it is on its way, and taken back when it was refused.
  const shown = choose.isPending ? choose.variables : availability;
  return (
    <fieldset className="availability" aria-busy={choose.isPending}>
      <legend className="meta">{words.title}</legend>
      {AVAILABILITIES.map((one) => (
        <label key={one} className="availability-choice">
          <input
            type="radio"
            name="availability"
            value={one}
            checked={shown === one}
            aria-describedby={`availability-${one}`}
            onChange={() => choose.mutate(one)}
          />
          <span className={`presence presence-${one}`} aria-hidden />
          <span>{words.states[one]}</span>
          <span id={`availability-${one}`} className="meta">
            {words.hints[one]}
          </span>
        </label>
      ))}
      <p className="meta">{words.load(open, capacity)}</p>
      <div role="status">
        {lost && <p className="availability-lost">{words.lost}</p>}
        {choose.isError && <p className="form-fault">{words.failed}</p>}
      </div>
    </fieldset>
  );
}

/** The present word beside one's name. */
export function OwnAvailability() {
  const words = useAvailabilityWords();
  const own = useAvailability();
  const state = own.data?.availability ?? 'offline';
  return (
    <span className="nav-presence meta" data-availability={state}>
      <span className={`presence presence-${state}`} aria-hidden />
      <span className="nav-text">{words.states[state]}</span>
    </span>
  );
}
