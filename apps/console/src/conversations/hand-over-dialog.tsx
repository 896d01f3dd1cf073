import type { ConversationSummary } from '@libs/contracts';
import { Button } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { Dialog } from '../shell/dialog.js';
import { errorText } from '../words/error-text.js';
import { useTeamWords } from '../words/team/use-team-words.js';
import { useWords } from '../words/use-words.js';
import { type HandOver, useColleagues } from './use-hand-over.js';
import './hand-over.css';

interface DialogProps {
  readonly row: ConversationSummary;
  readonly onHand: (wish: HandOver) => void;
  readonly onClose: () => void;
}

const QUEUE = 'queue';

/** Who shall have it, with a note that only the team sees. */
export function HandOverDialog({ row, onHand, onClose }: DialogProps) {
  const work = useTeamWords();
  const colleagues = useColleagues();
  const [chosen, setChosen] = useState('');
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    const to = colleagues.data?.items.find(({ id }) => id === chosen);
    if (!to && chosen !== QUEUE) return;
    onHand({ to: to ?? null, note });
    onClose();
  }
  return (
    <Dialog title={work.transferTitle} onClose={onClose}>
      <form className="dialog-form hand-over" onSubmit={submit}>
        <Choice row={row} query={colleagues} chosen={chosen} onChoose={setChosen} />
        <p className="form-fault" role="alert">
          {tried && chosen === '' ? work.chooseSomebody : ''}
        </p>
        <NoteField note={note} onChange={setNote} />
        <div className="button-row dialog-buttons">
          <Button onClick={onClose}>{work.cancel}</Button>
          <Button type="primary" htmlType="submit">
            {work.transfer}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface ChoiceProps {
  readonly row: ConversationSummary;
  readonly query: ReturnType<typeof useColleagues>;
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

function Choice({ row, query, chosen, onChoose }: ChoiceProps) {
  const words = useWords();
  const work = useTeamWords();
  const [wanted, setWanted] = useState('');
  const found = (query.data?.items ?? []).filter(
    ({ id, name }) => id !== row.assigneeId && name.toLowerCase().includes(wanted.trim().toLowerCase()),
  );
  return (
    <fieldset>
      <legend>{work.transferTo}</legend>
      <input
        type="search"
        className="colleague-search"
        aria-label={work.findColleague}
        placeholder={work.findColleague}
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
      {query.isError && <p role="alert">{errorText(query.error, words)}</p>}
      <div className="colleagues" aria-busy={query.isPending}>
        {row.assigneeId !== null && (
          <Option id={QUEUE} label={work.toQueue} chosen={chosen === QUEUE} onChoose={onChoose} />
        )}
        {found.map(({ id, name }) => (
          <Option key={id} id={id} label={name} chosen={chosen === id} onChoose={onChoose} />
        ))}
        {query.isSuccess && found.length === 0 && <p className="meta no-colleague">{work.noColleague}</p>}
      </div>
    </fieldset>
  );
}

interface OptionProps {
  readonly id: string;
  readonly label: string;
  readonly chosen: boolean;
  readonly onChoose: (id: string) => void;
}

function Option({ id, label, chosen, onChoose }: OptionProps) {
  return (
    <label className="colleague">
      <input type="radio" name="colleague" value={id} checked={chosen} onChange={() => onChoose(id)} />
      <bdi>{label}</bdi>
    </label>
  );
}

function NoteField({ note, onChange }: { readonly note: string; readonly onChange: (note: string) => void }) {
  const work = useTeamWords();
  const id = useId();
  return (
    <div className="hand-over-note">
      <label htmlFor={id}>{work.noteForColleague}</label>
      <textarea
        id={id}
        dir="auto"
        rows={3}
        maxLength={10_000}
        value={note}
        aria-describedby={`${id}-who`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-who`} className="meta">
        {work.noteSeenByTeam}
      </p>
    </div>
  );
}
