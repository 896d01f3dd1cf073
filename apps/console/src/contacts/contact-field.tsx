import type { ContactDetail, ContactField, PersonalValue } from '@libs/contracts';
import { Input } from 'antd';
import { useEffect, useId, useRef } from 'react';
import { RevealForm } from '../values/reveal-form.js';
import { CopyValue, RevealedValue } from '../values/revealed-value.js';
import type { Reveals } from '../values/use-reveal.js';
import { Value } from '../values/value.js';
import { errorText } from '../words/error-text.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import { useWords } from '../words/use-words.js';
import { type FieldDraft, takesInput } from './contact-draft.js';

export interface FieldActs {
  readonly mayEdit: boolean;
  readonly draft: FieldDraft | undefined;
  readonly fault: string;
  readonly asking: ContactDetail['asking'][ContactField];
  readonly askPending: boolean;
  onEdit(): void;
  onDraft(draft: FieldDraft | undefined): void;
  onAsk(): void;
}

interface FieldProps {
  readonly field: ContactField;
  readonly value: PersonalValue;
  readonly reveals: Reveals;
  readonly acts: FieldActs;
}

/** One field of a person: its face, and what may be done about it. */
export function ContactFieldRow({ field, value, reveals, acts }: FieldProps) {
  const words = useWords();
  const personal = usePersonalWords();
  const label = personal.field[`contact.${field}`]!;
  const reveal = reveals.state.phase !== 'hidden' && reveals.state.field === field ? reveals.state : undefined;
  return (
    <div className="fact" data-field={field} data-face={reveal?.phase === 'shown' ? 'revealed' : value.face}>
      <dt>{label}</dt>
      <dd>
        <div className="fact-line">
          {reveal?.phase === 'shown' ? (
            <RevealedValue
              label={label}
              value={reveal.value}
              reason={personal.reasons[reveal.reason]}
              hideAt={reveal.hideAt}
            />
          ) : (
            <Value label={label} value={value} />
          )}
          <span className="fact-acts">
            {value.face === 'plain' && <CopyValue label={label} value={value.value} />}
            {value.face === 'masked' && <RevealButton field={field} label={label} reveals={reveals} />}
            <Asking value={value} label={label} acts={acts} />
            <EditButton value={value} label={label} acts={acts} />
          </span>
        </div>
        {reveal?.phase === 'refused' && (
          <p role="alert" className="form-fault">
            {errorText(reveal.error, words)}
          </p>
        )}
        {reveal?.phase === 'asking' && (
          <RevealForm label={label} error={reveal.error} onReason={reveals.reason} onCancel={reveals.hide} />
        )}
        {acts.draft && <FieldEditor field={field} value={value} label={label} acts={acts} draft={acts.draft} />}
      </dd>
    </div>
  );
}

interface ButtonProps {
  readonly value: PersonalValue;
  readonly label: string;
  readonly acts: FieldActs;
}

function RevealButton({ field, label, reveals }: Pick<FieldProps, 'field' | 'reveals'> & { readonly label: string }) {
  const personal = usePersonalWords();
  const { state } = reveals;
  const shown = state.phase === 'shown' && state.field === field;
  const busy = state.phase === 'waiting' && state.field === field;
  const asking = state.phase === 'asking' && state.field === field;
  const button = useRef<HTMLButtonElement>(null);
  const before = useRef(state.phase);
  useEffect(() => {
    // The form went, and with it the focus: back to where it was opened.
    if (before.current === 'asking' && !asking && document.activeElement === document.body) button.current?.focus();
    before.current = asking ? 'asking' : 'hidden';
  });
  return (
    <button
      ref={button}
      type="button"
      className="text-act"
      aria-label={shown ? personal.hideField(label) : personal.revealField(label)}
      aria-expanded={asking}
      aria-busy={busy}
      onClick={() => (shown || asking ? reveals.hide() : reveals.want(field))}
    >
      {shown ? personal.hide : personal.reveal}
    </button>
  );
}

function Asking({ value, label, acts }: ButtonProps) {
  const personal = usePersonalWords();
  if (acts.asking === 'not-needed' || acts.asking === 'withdrawn' || !acts.mayEdit) return null;
  // Whoever may not see the field is told that alone: what the person said about it is no answer to them.
  if (value.face === 'no-permission') return null;
  if (acts.asking === 'asked') return <span className="fact-note">{personal.asked}</span>;
  if (acts.asking === 'refused') return <span className="fact-note">{personal.refusedBefore}</span>;
  if (value.face === 'withheld' && value.reason === 'purpose') return null;
  return (
    <button
      type="button"
      className="text-act"
      aria-label={personal.askField(label)}
      disabled={acts.askPending}
      onClick={acts.onAsk}
    >
      {personal.askConsent}
    </button>
  );
}

function EditButton({ value, label, acts }: ButtonProps) {
  const personal = usePersonalWords();
  if (!acts.mayEdit || acts.draft || !takesInput(value)) return null;
  const fresh = value.face === 'empty';
  return (
    <button
      type="button"
      className="text-act"
      aria-label={fresh ? personal.addField(label) : personal.editField(label)}
      onClick={acts.onEdit}
    >
      {fresh ? personal.add : personal.edit}
    </button>
  );
}

const INPUT_TYPES: Readonly<Record<ContactField, string>> = {
  name: 'text',
  mobile: 'tel',
  email: 'email',
  wechat: 'text',
  address: 'text',
};

interface EditorProps extends ButtonProps {
  readonly field: ContactField;
  readonly draft: FieldDraft;
}

function FieldEditor({ field, value, label, acts, draft }: EditorProps) {
  const personal = usePersonalWords();
  const id = useId();
  const hint =
    value.face === 'masked' ? personal.maskedEditHint : value.face === 'withheld' ? personal.withheldEditHint : '';
  const has = value.face === 'masked' || value.face === 'plain';
  const described = [acts.fault === '' ? '' : `${id}-fault`, hint === '' ? '' : `${id}-hint`].filter(Boolean).join(' ');
  return (
    <div className="fact-editor">
      {draft.emptied ? (
        <p className="value-why">{personal.willBeEmptied}</p>
      ) : (
        <Input
          autoFocus
          type={INPUT_TYPES[field]}
          autoComplete="off"
          aria-label={label}
          aria-invalid={acts.fault !== ''}
          aria-describedby={described === '' ? undefined : described}
          status={acts.fault === '' ? '' : 'error'}
          value={draft.text}
          onChange={(event) => acts.onDraft({ text: event.target.value, emptied: false })}
          onKeyDown={(event) => event.key === 'Escape' && acts.onDraft(undefined)}
        />
      )}
      {acts.fault !== '' && (
        <p id={`${id}-fault`} className="form-fault">
          {acts.fault}
        </p>
      )}
      {hint !== '' && !draft.emptied && (
        <p id={`${id}-hint`} className="form-hint">
          {hint}
        </p>
      )}
      <div className="button-row">
        {has && !draft.emptied && (
          <button
            type="button"
            className="text-act"
            aria-label={personal.emptyField(label)}
            onClick={() => acts.onDraft({ text: '', emptied: true })}
          >
            {personal.empty}
          </button>
        )}
        <button
          type="button"
          className="text-act"
          aria-label={has ? personal.keepFieldOf(label) : undefined}
          onClick={() => acts.onDraft(undefined)}
        >
          {has ? personal.keepField : personal.cancel}
        </button>
      </div>
    </div>
  );
}
