import type { RegisterActivity, RegisterContent, RegisterView } from '@libs/contracts';
import { Button } from 'antd';
import { type FormEvent, useId, useRef, useState } from 'react';
import { useDeskWords } from '../words/desk/use-desk-words.js';
import { useWords } from '../words/use-words.js';
import { ActivityFields } from './activity-fields.js';
import { useLooseningAsk } from './approval-queries.js';
import { ImpactLine, Problems } from './impact-line.js';
import { NoteField } from './note-field.js';
import { RecipientsField } from './recipients-field.js';
import { differences } from './register-diff.js';
import { withActivity } from './register-edit.js';
import { useChangeRegister, useImpact } from './register-queries.js';
import { SaveFailure } from './save-failure.js';

interface FormProps {
  readonly view: RegisterView;
  readonly activity: RegisterActivity;
  readonly onClose: () => void;
  readonly onSaved: (version: number) => void;
  /** It shows somebody more, and a second person was asked. */
  readonly onAsked: () => void;
}

/** One function of the register; what saving would mean for people stands above the button. */
export function ActivityForm({ view, activity, onClose, onSaved, onAsked }: FormProps) {
  const words = useWords();
  const desk = useDeskWords();
  const [base, setBase] = useState(view.version);
  const [next, setNext] = useState(activity);
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const save = useChangeRegister();
  const ask = useLooseningAsk();
  const register = withActivity(view.register, next);
  const dirty = differences(view.register, register).length > 0;
  const { impact, error } = useImpact(dirty ? register : null, view.version);
  const reason = note.trim();
  const loosened = impact?.loosened ?? [];
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (reason === '') form.current?.querySelector<HTMLElement>('[data-note]')?.focus();
    else if (loosened.length > 0)
      ask.mutate({ fields: loosened, register, baseVersion: base, reason: reason }, { onSuccess: onAsked });
    else save.mutate({ baseVersion: base, register, note: reason }, { onSuccess: (saved) => onSaved(saved.version) });
  }
  return (
    <form ref={form} className="desk-form card" onSubmit={submit} noValidate aria-labelledby="activity-title">
      <h2 id="activity-title">{desk.changeOf(words.purposes[activity.purpose] ?? activity.purpose)}</h2>
      <ActivityInputs register={view.register} activity={next} onChange={setNext} />
      <NoteField value={note} missing={tried && reason === ''} onChange={setNote} />
      {dirty && <ImpactLine impact={impact} error={error} />}
      <Problems problems={dirty ? (impact?.problems ?? []) : []} />
      <SaveFailure
        error={save.error ?? ask.error}
        base={base}
        onMine={(latest) => {
          setBase(latest);
          save.reset();
          ask.reset();
        }}
        onTheirs={onClose}
      />
      <div className="save-bar">
        <p className="meta">{loosened.length > 0 ? desk.secondPerson : dirty ? desk.changeExists : ''}</p>
        <Button onClick={onClose}>{dirty ? desk.discard : desk.back}</Button>
        <Button
          type="primary"
          htmlType="submit"
          loading={save.isPending || ask.isPending}
          disabled={!dirty || !impact || impact.problems.length > 0}
        >
          {loosened.length > 0 ? desk.submitApproval : saveLabel(impact?.freshConsent ?? [], desk)}
        </Button>
      </div>
    </form>
  );
}

function saveLabel(fresh: readonly { readonly people: number }[], desk: ReturnType<typeof useDeskWords>): string {
  const people = fresh.reduce((sum, entry) => sum + entry.people, 0);
  return people === 0 ? desk.save : desk.freshConsentButton(people);
}

interface InputsProps {
  readonly register: RegisterContent;
  readonly activity: RegisterActivity;
  readonly onChange: (activity: RegisterActivity) => void;
}

function ActivityInputs({ register, activity, onChange }: InputsProps) {
  const desk = useDeskWords();
  const id = useId();
  const change = (part: Partial<RegisterActivity>) => onChange({ ...activity, ...part });
  return (
    <>
      <label className="check">
        <input
          type="checkbox"
          checked={activity.enabled}
          disabled={activity.kind === 'basic'}
          onChange={(event) => change({ enabled: event.target.checked })}
        />
        {desk.enabled}
        <span className="quiet">{desk.kinds[activity.kind]}</span>
      </label>
      <BasisInputs register={register} activity={activity} onChange={change} />
      <ActivityFields
        known={register.fields.map(({ field }) => field)}
        fields={activity.fields}
        onChange={(fields) => change({ fields })}
      />
      <RecipientsField
        register={register}
        value={activity.recipients}
        onChange={(recipients) => change({ recipients })}
      />
      <div className="form-row form-short">
        <label htmlFor={`${id}-months`}>{desk.retentionMonths}</label>
        <input
          id={`${id}-months`}
          className="native-input"
          type="number"
          inputMode="numeric"
          min={1}
          max={240}
          value={activity.retainMonths === 0 ? '' : activity.retainMonths}
          onChange={(event) => change({ retainMonths: Number.parseInt(event.target.value, 10) || 0 })}
        />
      </div>
    </>
  );
}

interface BasisProps {
  readonly register: RegisterContent;
  readonly activity: RegisterActivity;
  readonly onChange: (part: Partial<RegisterActivity>) => void;
}

/** Grounds that only some policies know; the workspace allows them by name first. */
export const EXTRA_BASES: readonly string[] = ['L-STABILITY', 'L-NEWS', 'L-RESEARCH'];

function BasisInputs({ register, activity, onChange }: BasisProps) {
  const desk = useDeskWords();
  const id = useId();
  const isOff = (basis: string) => EXTRA_BASES.includes(basis) && !register.allowedBases.includes(basis);
  return (
    <>
      <div className="form-row">
        <label htmlFor={`${id}-basis`}>{desk.basis}</label>
        <select
          id={`${id}-basis`}
          className="native-select"
          value={activity.basis}
          onChange={(event) => onChange({ basis: event.target.value })}
        >
          {Object.entries(desk.bases).map(([basis, name]) => (
            <option key={basis} value={basis} disabled={isOff(basis) && basis !== activity.basis}>
              {isOff(basis) ? `${name} (${desk.basisOff})` : name}
            </option>
          ))}
        </select>
      </div>
      <div className="form-row">
        <label htmlFor={`${id}-basis-note`}>{desk.basisNote}</label>
        <input
          id={`${id}-basis-note`}
          className="native-input"
          maxLength={200}
          value={activity.basisNote}
          aria-describedby={`${id}-basis-hint`}
          onChange={(event) => onChange({ basisNote: event.target.value })}
        />
        <p id={`${id}-basis-hint`} className="form-hint">
          {desk.basisNoteHint}
        </p>
      </div>
    </>
  );
}
