import { LeftOutlined } from '@ant-design/icons';
import { ApiError } from '@libs/api-client';
import type { HoursDetail, HoursDraft } from '@libs/contracts';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { ConflictChoice } from '../forms/conflict.js';
import { Field } from '../forms/field.js';
import { isOvertaken } from '../forms/overtaken.js';
import { useAct } from '../forms/use-act.js';
import { routingApi } from '../session/api.js';
import { useMe } from '../session/session.js';
import { SettingsPage } from '../settings/settings-frame.js';
import { DayFields } from './day-fields.js';
import { useToldHours } from './told-hours.js';
import { useHours, useRefreshHours, useStanding } from './use-hours.js';
import { WeekFields } from './week-fields.js';
import { useHoursErrors, useHoursWords } from './words/use-hours-words.js';
import { type HoursWords } from './words/zh-cn.js';
import { ZoneSelect } from './zone-select.js';

/** Sentences by field. */
export type HoursFaults = Readonly<Record<string, string | undefined>>;

interface HoursFormProps {
  readonly draft: HoursDraft;
  readonly title: string;
  /** As they are kept; absent for new ones. */
  readonly saved?: HoursDetail;
  /** They were new a moment ago: the page of their own says that they are kept. */
  readonly justMade?: boolean;
  readonly onMade?: (id: string) => void;
}

function faultsOf(error: unknown, words: HoursWords): HoursFaults {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(error.faults.map(({ field, rule }) => [field, words.rules[rule] ?? rule]));
}

/** What is edited with the version it was read at; a new schedule gets its own address once it is kept. */
function useHoursDraft({ draft: initial, saved, justMade, onMade }: Omit<HoursFormProps, 'title'>) {
  const refresh = useRefreshHours();
  const navigate = useNavigate();
  const act = useAct();
  const { slug } = useMe().tenant;
  const [draft, setDraft] = useState(initial);
  /** As it was when the editing began; nothing where it is new. */
  const [base, setBase] = useState(saved);
  /** What was saved last. */
  const [kept, setKept] = useState(justMade ? initial : undefined);
  function save(over: number): void {
    const { name, timeZone, week, days } = draft;
    const wish = { name, timeZone, week, days };
    void act.run(async () => {
      const saving = saved ? routingApi.editHours(saved.id, { ...wish, version: over }) : routingApi.createHours(wish);
      const made = await saving.finally(refresh);
      setBase(made);
      setKept(draft);
      if (!saved) {
        onMade?.(made.id);
        const to = '/w/$slug/settings/business-hours/$hoursId';
        await navigate({ to, params: { slug, hoursId: made.id }, replace: true });
      }
    });
  }
  function begin(now: HoursDetail): void {
    setDraft(now);
    setBase(now);
    act.forget();
  }
  return { draft, base, isKept: kept === draft, act, change: setDraft, save, begin };
}

/** One schedule: name and zone, the week, and the days that are otherwise. */
export function HoursForm({ title, ...props }: HoursFormProps) {
  const { saved } = props;
  const words = useHoursWords();
  const sentence = useHoursErrors();
  const standing = useStanding();
  const hours = useHours();
  const { draft, base, isKept, act, change, save, begin } = useHoursDraft(props);
  const told = useToldHours();
  const faults = faultsOf(act.error, words);
  function submit(event: FormEvent): void {
    event.preventDefault();
    save(base?.version ?? 0);
  }
  return (
    <SettingsPage screen="business-hours-form" state="ready" title={title} above={<BackLink />}>
      {saved && <p role="status">{standing(saved.now, saved.timeZone)}</p>}
      <form className="settings-form" onSubmit={submit} noValidate>
        {isOvertaken(act.error) ? (
          <ConflictChoice
            error={act.error}
            before={base}
            fields={told}
            read={async () => (await hours.refetch()).data?.items.find(({ id }) => id === saved?.id)}
            onMine={(now) => save(now.version)}
            onTheirs={begin}
          />
        ) : (
          act.error !== null && (
            <p role="alert" className="form-alert">
              {sentence(act.error)}
            </p>
          )
        )}
        <NameAndZone draft={draft} faults={faults} onChange={change} />
        <WeekFields draft={draft} faults={faults} onChange={change} />
        <DayFields draft={draft} faults={faults} onChange={change} />
        <div className="button-row">
          <Button type="primary" htmlType="submit" loading={act.busy}>
            {words.save}
          </Button>
          <span role="status">{isKept ? words.saved : ''}</span>
        </div>
      </form>
    </SettingsPage>
  );
}

function BackLink() {
  const words = useHoursWords();
  const { slug } = useMe().tenant;
  return (
    <Link to="/w/$slug/settings/business-hours" params={{ slug }} className="back-link">
      <LeftOutlined aria-hidden />
      {words.back}
    </Link>
  );
}

interface PartProps {
  readonly draft: HoursDraft;
  readonly faults: HoursFaults;
  readonly onChange: (draft: HoursDraft) => void;
}

function NameAndZone({ draft, faults, onChange }: PartProps) {
  const words = useHoursWords();
  const set = (part: Partial<HoursDraft>): void => onChange({ ...draft, ...part });
  return (
    <>
      <Field id="hours-name" label={words.name} hint={words.nameHint} error={faults.name ?? ''} needed>
        <Input
          size="large"
          dir="auto"
          autoComplete="off"
          value={draft.name}
          onChange={({ target }) => set({ name: target.value })}
        />
      </Field>
      <Field id="hours-zone" label={words.timeZone} error={faults.timeZone ?? ''} needed>
        <ZoneSelect value={draft.timeZone} onChange={(timeZone) => set({ timeZone })} />
      </Field>
    </>
  );
}
