import type { RegisterView } from '@libs/contracts';
import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import { useDeskWords } from '../words/desk/use-desk-words.js';
import { EXTRA_BASES } from './activity-form.js';
import { NoteField } from './note-field.js';
import { useChangeRegister } from './register-queries.js';
import { SaveFailure } from './save-failure.js';

interface BasesProps {
  readonly view: RegisterView;
  readonly onSaved: (version: number) => void;
}

/** What is chosen and why, until it is saved. */
function useBasesEditing({ view, onSaved }: BasesProps) {
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const save = useChangeRegister();
  const now = view.register.allowedBases;
  const set = chosen ?? now;
  const lacksNote = note.trim() === '';
  function forget(): void {
    setChosen(null);
    setNote('');
    setTried(false);
    save.reset();
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (lacksNote) return;
    const change = { baseVersion: view.version, register: { ...view.register, allowedBases: set }, note: note.trim() };
    save.mutate(change, {
      onSuccess: ({ version }) => {
        forget();
        onSaved(version);
      },
    });
  }
  const toggle = (basis: string): void =>
    setChosen(set.includes(basis) ? set.filter((one) => one !== basis) : [...set, basis]);
  const dirty = EXTRA_BASES.some((basis) => set.includes(basis) !== now.includes(basis));
  return { set, toggle, dirty, note, setNote, noteMissing: tried && lacksNote, save, submit, forget };
}

/** Three grounds that are off until the workspace allows them; folded away, because few ever need them. */
export function AllowedBases(props: BasesProps) {
  const desk = useDeskWords();
  const { set, toggle, dirty, note, setNote, noteMissing, save, submit, forget } = useBasesEditing(props);
  return (
    <details className="card">
      <summary>{desk.allowedBases}</summary>
      <form className="desk-form" onSubmit={submit} noValidate>
        <p className="quiet">{desk.allowedBasesHint}</p>
        {EXTRA_BASES.map((basis) => (
          <label key={basis} className="check">
            <input type="checkbox" checked={set.includes(basis)} onChange={() => toggle(basis)} />
            {desk.bases[basis]}
          </label>
        ))}
        {dirty && <NoteField value={note} missing={noteMissing} onChange={setNote} />}
        <SaveFailure error={save.error} base={props.view.version} onMine={() => save.reset()} onTheirs={forget} />
        {dirty && (
          <div className="button-row">
            <Button onClick={forget}>{desk.discard}</Button>
            <Button type="primary" htmlType="submit" loading={save.isPending}>
              {desk.save}
            </Button>
          </div>
        )}
      </form>
    </details>
  );
}
