import type { ConversationSummary } from '@libs/contracts';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { ColleagueThere } from '../availability/colleague-there.js';
import { useColleaguesThere } from '../availability/use-availability.js';
import { useAvailabilityWords } from '../availability/words/use-availability-words.js';
import { MemberPicture } from '../pictures/member-picture.js';
import { Dialog } from '../shell/dialog.js';
import { DialogButtons } from '../shell/dialog-buttons.js';
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
const TEAM = 'team:';

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
    const teamId = chosen.startsWith(TEAM) ? chosen.slice(TEAM.length) : undefined;
    if (!to && chosen !== QUEUE && teamId === undefined) return;
    onHand({ to: to ?? null, note, ...(teamId === undefined ? {} : { teamId }) });
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
        <DialogButtons verb={work.transfer} onClose={onClose} />
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
  const present = useColleaguesThere();
  const there = new Map((present.data?.items ?? []).map((one) => [one.id, one]));
  const [wanted, setWanted] = useState('');
  const isMeant = ({ name }: { readonly name: string }) => name.toLowerCase().includes(wanted.trim().toLowerCase());
  const found = (query.data?.items ?? []).filter((one) => one.id !== row.assigneeId && isMeant(one));
  const teams = (query.data?.teams ?? []).filter(isMeant);
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
        <TeamOptions teams={teams} chosen={chosen} onChoose={onChoose} />
        {found.map(({ id, name }) => (
          <Option
            key={id}
            id={id}
            label={name}
            mark={<MemberPicture memberId={id} name={name} />}
            chosen={chosen === id}
            onChoose={onChoose}
          >
            <ColleagueThere there={there.get(id)} />
          </Option>
        ))}
        {query.isSuccess && found.length + teams.length === 0 && (
          <p className="meta no-colleague">{work.noColleague}</p>
        )}
      </div>
    </fieldset>
  );
}

interface TeamOptionsProps {
  readonly teams: readonly { readonly id: string; readonly name: string }[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

function TeamOptions({ teams, chosen, onChoose }: TeamOptionsProps) {
  const words = useAvailabilityWords();
  return teams.map(({ id, name }) => (
    <Option key={id} id={TEAM + id} label={name} chosen={chosen === TEAM + id} onChoose={onChoose}>
      <span className="meta colleague-there">{words.teams}</span>
    </Option>
  ));
}

interface OptionProps {
  readonly id: string;
  readonly label: string;
  /** Before the name. */
  readonly mark?: ReactNode;
  readonly chosen: boolean;
  readonly onChoose: (id: string) => void;
  readonly children?: ReactNode;
}

function Option({ id, label, mark, chosen, onChoose, children }: OptionProps) {
  return (
    <label className="colleague">
      <input type="radio" name="colleague" value={id} checked={chosen} onChange={() => onChoose(id)} />
      {mark}
      <bdi>{label}</bdi>
      {children}
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
