import type { ColleagueAvailability } from '@libs/contracts';
import { useAvailabilityWords } from './words/use-availability-words.js';
import './availability.css';

/** Beside a colleague: the present word, and how full they are. */
export function ColleagueThere({ there }: { readonly there: ColleagueAvailability | undefined }) {
  const words = useAvailabilityWords();
  if (!there) return null;
  const { availability, open, capacity } = there;
  return (
    <span className="meta colleague-there">
      <span className={`presence presence-${availability}`} aria-hidden />
      <span className="visually-hidden">{words.mark(words.states[availability], open, capacity)}</span>
      <span aria-hidden>
        {words.states[availability]} {open}/{capacity}
      </span>
    </span>
  );
}
