import { ApiError } from '@libs/api-client';
import type { TeamSummary } from '@libs/contracts';
import { Input } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useColleagues } from '../conversations/use-hand-over.js';
import type { ToldField } from '../forms/changed-fields.js';
import { ConflictChoice } from '../forms/conflict.js';
import { Field } from '../forms/field.js';
import { isOvertaken } from '../forms/overtaken.js';
import { useAct } from '../forms/use-act.js';
import { routingApi } from '../session/api.js';
import { Dialog } from '../shell/dialog.js';
import { DialogButtons, Refused } from '../shell/dialog-buttons.js';
import { safeText } from '../words/format.js';
import { useRefreshTeams, useTeams } from './use-teams.js';
import { useTeamErrors, useTeamPageWords } from './words/use-team-page-words.js';
import type { TeamPageWords } from './words/zh-cn.js';

interface TeamDialogProps {
  /** Absent: a new one. */
  readonly team?: TeamSummary;
  readonly onClose: () => void;
}

/** Name and members of a team. */
export function TeamDialog({ team, onClose }: TeamDialogProps) {
  const words = useTeamPageWords();
  const sentence = useTeamErrors();
  const refresh = useRefreshTeams();
  const teams = useTeams();
  const act = useAct();
  const [name, setName] = useState(team?.name ?? '');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(team?.members.map(({ id }) => id)));
  // That of the beginning, until somebody chooses: a retry neither overwrites unasked nor fails for ever.
  const [base, setBase] = useState(team);
  const rule = act.error instanceof ApiError ? act.error.details.rule : undefined;
  const fault = typeof rule === 'string' ? (words.rules[rule] ?? sentence(act.error)) : '';

  function save(over: number): void {
    const wish = { name, memberIds: [...chosen] };
    void act.run(async () => {
      const saving = team ? routingApi.editTeam(team.id, { ...wish, version: over }) : routingApi.createTeam(wish);
      await saving.finally(refresh);
      onClose();
    });
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    save(base?.version ?? 0);
  }
  function begin(now: TeamSummary): void {
    setName(now.name);
    setChosen(new Set(now.members.map(({ id }) => id)));
    setBase(now);
    act.forget();
  }
  return (
    <Dialog title={team ? words.editOf(team.name) : words.create} onClose={onClose}>
      <form className="dialog-form" onSubmit={submit} noValidate>
        {isOvertaken(act.error) ? (
          <ConflictChoice
            error={act.error}
            before={base}
            fields={toldOf(words)}
            read={async () => (await teams.refetch()).data?.items.find(({ id }) => id === team?.id)}
            onMine={(now) => save(now.version)}
            onTheirs={begin}
          />
        ) : (
          <Refused why={act.error !== null && fault === '' ? sentence(act.error) : undefined} />
        )}
        <Field id="team-name" label={words.name} error={fault} needed>
          <Input value={name} dir="auto" autoComplete="off" onChange={(event) => setName(event.target.value)} />
        </Field>
        <MemberChoice team={team} chosen={chosen} onChange={setChosen} />
        <DialogButtons verb={words.save} busy={act.busy} onClose={onClose} />
      </form>
    </Dialog>
  );
}

/** What is said of a team that somebody else changed. */
function toldOf(words: TeamPageWords): readonly ToldField<TeamSummary>[] {
  const names = ({ members }: TeamSummary) => members.map(({ name }) => name ?? '').join(words.comma);
  return [
    { label: words.name, of: ({ name }) => name, text: ({ name }) => name },
    { label: words.members, of: ({ members }) => members.map(({ id }) => id).sort(), text: names },
  ];
}

interface ChoiceProps {
  readonly team: TeamSummary | undefined;
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
}

/** Whoever can answer conversations, and whoever is in it already; a field to find them once they are many. */
function MemberChoice({ team, chosen, onChange }: ChoiceProps) {
  const words = useTeamPageWords();
  const id = useId();
  const [typed, setTyped] = useState('');
  const colleagues = useColleagues();
  const able = colleagues.data?.items ?? [];
  const others = (team?.members ?? []).filter((one) => !able.some(({ id: known }) => known === one.id));
  const all = [...able, ...others];
  const wanted = typed.trim().toLocaleLowerCase();
  const shown = all.filter(({ name }) => (name ?? '').toLocaleLowerCase().includes(wanted));
  function toggle(member: string, on: boolean): void {
    const next = new Set(chosen);
    if (on) next.add(member);
    else next.delete(member);
    onChange(next);
  }
  return (
    <fieldset className="team-members">
      <legend>
        {words.members} <span className="meta">{words.memberCount(chosen.size)}</span>
      </legend>
      {all.length > 8 && (
        <>
          <label htmlFor={id} className="visually-hidden">
            {words.find}
          </label>
          <Input id={id} value={typed} placeholder={words.find} onChange={(event) => setTyped(event.target.value)} />
        </>
      )}
      <ul className="team-choice">
        {shown.map((one) => (
          <li key={one.id}>
            <label className="check">
              <input
                type="checkbox"
                checked={chosen.has(one.id)}
                onChange={(event) => toggle(one.id, event.target.checked)}
              />
              <bdi>{safeText(one.name ?? '')}</bdi>
            </label>
          </li>
        ))}
      </ul>
      {shown.length === 0 && colleagues.data && <p className="quiet">{words.noneFound}</p>}
    </fieldset>
  );
}
