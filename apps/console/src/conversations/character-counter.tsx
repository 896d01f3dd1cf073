import { LIMITS } from '@libs/contracts';
import { useWords } from '../words/use-words.js';

const SHOWN_FROM = 9_000;

/** Appears from 9,000; read aloud only at 500, 100 and 0 left, not with each key. */
export function CharacterCounter({ length }: { readonly length: number }) {
  const words = useWords();
  if (length < SHOWN_FROM) return null;
  const left = LIMITS.messageCharacters - length;
  const over = left < 0;
  const said = over ? words.tooLong(length, LIMITS.messageCharacters) : words.charactersLeft(left);
  const mark = over ? -1 : ([0, 100, 500].find((limit) => left <= limit) ?? null);
  const aloud = mark === null ? '' : mark < 0 ? said : words.charactersLeft(mark);
  return (
    <span className={over ? 'counter-over' : 'meta'}>
      <span aria-hidden={!over}>{said}</span>
      <span className="visually-hidden" role="status">
        {aloud}
      </span>
    </span>
  );
}
