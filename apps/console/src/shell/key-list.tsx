import { useRef } from 'react';
import { useKeys } from '../live/keys.js';
import { useTeamWords } from '../words/team/use-team-words.js';
import { useWords } from '../words/use-words.js';
import './key-list.css';

/** What `?` shows: the keys that work while no field has focus. */
export function KeyList() {
  const words = useWords();
  const work = useTeamWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useKeys({ '?': () => dialog.current?.showModal() });
  const keys = [
    ['J', words.keyNext],
    ['K', words.keyPrevious],
    ['Enter', words.keyOpen],
    ['M', words.take],
    ['R', words.reply],
    ['I', words.internalNote],
    ['A T', work.transfer],
    ['E', words.resolve],
    ['O', words.reopen],
    ['Esc', words.keyLeave],
    ['?', words.keyList],
  ] as const;
  return (
    <dialog ref={dialog} className="key-list" aria-labelledby="key-list-title">
      <h2 id="key-list-title">{words.keys}</h2>
      <dl>
        {keys.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit">{words.close}</button>
      </form>
    </dialog>
  );
}
