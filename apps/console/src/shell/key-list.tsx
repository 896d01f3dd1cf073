import { Button } from 'antd';
import { useState } from 'react';
import { useKeys } from '../live/keys.js';
import { useTeamWords } from '../words/team/use-team-words.js';
import { useWords } from '../words/use-words.js';
import { Dialog } from './dialog.js';
import './key-list.css';

/** What `?` shows: the keys that work while no field has focus. */
export function KeyList() {
  const words = useWords();
  const work = useTeamWords();
  const [open, setOpen] = useState(false);
  useKeys({ '?': () => setOpen(true) });
  if (!open) return null;
  const close = () => setOpen(false);
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
    <Dialog title={words.keys} onClose={close}>
      <dl className="key-list">
        {keys.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <div className="button-row dialog-buttons">
        <Button onClick={close}>{words.close}</Button>
      </div>
    </Dialog>
  );
}
