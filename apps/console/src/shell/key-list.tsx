import { useState } from 'react';
import type { ListedKey } from '../live/key-book.js';
import { isSingleKey, keyCaps } from '../live/key-names.js';
import { APPLE, keyBook, useKeys } from '../live/keys.js';
import { useOtherWords, useWords } from '../words/use-words.js';
import { Dialog } from './dialog.js';
import { DialogClose } from './dialog-buttons.js';
import './key-list.css';

/** What `?` shows: the keys that do something in the place that is open, as that place has registered them. */
export function KeyList() {
  const words = useWords();
  const other = useOtherWords();
  const [shown, setShown] = useState<readonly ListedKey[]>();
  const show = { does: words.keyList, also: other.keyList, run: () => setShown(keyBook.listed()) };
  useKeys({ '?': show }, 'everywhere');
  if (!shown) return null;
  const close = () => setShown(undefined);
  const on = keyBook.singleKeys.get();
  const works = shown.filter(({ key }) => on || !isSingleKey(key));
  return (
    <Dialog title={words.keys} onClose={close}>
      <Group title={words.keysHere} keys={works.filter(({ place }) => place === 'here')} />
      <Group title={words.keysEverywhere} keys={works.filter(({ place }) => place === 'everywhere')} />
      <DialogClose label={words.close} onClose={close} />
    </Dialog>
  );
}

function Group({ title, keys }: { readonly title: string; readonly keys: readonly ListedKey[] }) {
  if (keys.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="key-group meta">{title}</h3>
      <dl className="key-list">
        {keys.map(({ key, does }) => (
          <div key={key}>
            <dt>
              <KeyCaps name={key} />
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

export function KeyCaps({ name }: { readonly name: string }) {
  return keyCaps(name, APPLE).map((caps) => (
    <span key={caps.join('+')} className="key-stroke">
      {caps.map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  ));
}
