import { ApiError } from '@libs/api-client';
import type { ContactDetail, ContactField } from '@libs/contracts';
import { CONTACT_FIELDS } from '@libs/contracts';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { ConflictBar } from '../forms/conflict-bar.js';
import { rights } from '../session/rights.js';
import { useMe } from '../session/session.js';
import { useReveals } from '../values/use-reveal.js';
import { errorText } from '../words/error-text.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import type { PersonalWords } from '../words/personal/vocabulary.js';
import { useWords } from '../words/use-words.js';
import { seenAs, startDraft, stillToAsk } from './contact-draft.js';
import { ContactFieldRow } from './contact-field.js';
import { useAskConsent } from './contact-queries.js';
import { type ContactEditing, useContactEditing } from './use-contact-editing.js';
import './contacts.css';

interface FactsProps {
  readonly contact: ContactDetail;
  /** Set beside a conversation that the member is handling. */
  readonly conversationId?: string;
  readonly refresh: () => Promise<unknown>;
}

/** The five fields of a person with everything that can be done about them; the same on the record and in the panel. */
export function ContactFacts({ contact, conversationId, refresh }: FactsProps) {
  const me = useMe();
  const words = useWords();
  const personal = usePersonalWords();
  const record = useRef<HTMLDivElement>(null);
  const reveals = useReveals(
    { contactId: contact.id, ...(conversationId === undefined ? {} : { conversationId }) },
    record,
  );
  const editing = useContactEditing(contact, refresh);
  const ask = useAskConsent(contact.id);
  useLeaveGuard(editing.count > 0);
  const acts = (field: ContactField) => ({
    mayEdit: rights.editContacts(me.role),
    draft: editing.draft[field],
    fault: faultOf(editing.error, field, personal),
    asking: contact.asking[field],
    askPending: ask.isPending,
    onEdit: () => editing.change(field, startDraft(contact.fields[field])),
    onDraft: (draft: ReturnType<typeof startDraft> | undefined) => editing.change(field, draft),
    onAsk: () => ask.mutate(field),
  });
  return (
    // Clicking beside a value keeps the focus inside, so that selecting it does not hide it.
    <div ref={record} className="facts" tabIndex={-1} data-dirty={editing.count > 0}>
      <dl>
        {CONTACT_FIELDS.map((field) => (
          <ContactFieldRow
            key={field}
            field={field}
            value={contact.fields[field]}
            reveals={reveals}
            acts={acts(field)}
          />
        ))}
      </dl>
      {ask.isError && (
        <p role="alert" className="bar bar-warning">
          {errorText(ask.error, words)}
        </p>
      )}
      <Outcome
        editing={editing}
        contact={contact}
        onAsk={(fields) => {
          for (const field of fields) ask.mutate(field);
        }}
      />
      <SaveBar editing={editing} />
    </div>
  );
}

/** A refusal that names its field stands at the field. */
function faultOf(error: unknown, field: ContactField, personal: PersonalWords): string {
  const rule = faultsOf(error).find((fault) => fault.field.split('.').at(-1) === field)?.rule;
  return rule === undefined ? '' : (personal.rules[rule] ?? personal.ruleOther);
}

function faultsOf(error: unknown) {
  return error instanceof ApiError ? error.faults : [];
}

function useLeaveGuard(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return;
    const stay = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', stay);
    return () => window.removeEventListener('beforeunload', stay);
  }, [dirty]);
}

interface OutcomeProps {
  readonly editing: ContactEditing;
  readonly contact: ContactDetail;
  readonly onAsk: (fields: readonly ContactField[]) => void;
}

function Outcome({ editing, contact, onAsk }: OutcomeProps) {
  const words = useWords();
  const personal = usePersonalWords();
  const labels = (fields: readonly ContactField[]) => fields.map((field) => personal.field[`contact.${field}`]!);
  const { outcome, conflict, error } = editing;
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (outcome) bar.current?.scrollIntoView({ block: 'nearest' });
  }, [outcome]);
  if (conflict) {
    return (
      <ConflictBar
        error={conflict}
        changes={editing.changed.map((field) => ({
          label: personal.field[`contact.${field}`]!,
          ...seenAs(contact.fields[field]),
        }))}
      >
        <Button onClick={editing.takeMine}>{personal.useMine}</Button>
        <Button onClick={editing.takeTheirs}>{personal.useTheirs}</Button>
      </ConflictBar>
    );
  }
  if (faultsOf(error).length > 0) return null;
  if (error) {
    return (
      <p role="alert" className="bar bar-error">
        {errorText(error, words)}
      </p>
    );
  }
  if (!outcome) return null;
  const { refused, closed, off, saved } = outcome;
  const open = stillToAsk(refused, contact.asking);
  if (refused.length + closed.length + off.length === 0) {
    return (
      <p role="status" className="bar bar-success">
        {personal.savedAll(saved)}
      </p>
    );
  }
  return (
    <div ref={bar} role="alert" className="bar bar-warning" data-bar="refused">
      {refused.length > 0 && <p>{personal.refusedFields(labels(refused), saved)}</p>}
      {closed.length > 0 && <p>{personal.closedFields(labels(closed), saved)}</p>}
      {off.length > 0 && <p>{personal.offFields(labels(off), saved)}</p>}
      {open.length > 0 && <Button onClick={() => onAsk(open)}>{personal.askConsent}</Button>}
    </div>
  );
}

function SaveBar({ editing }: { readonly editing: ContactEditing }) {
  const personal = usePersonalWords();
  if (editing.count === 0) return null;
  return (
    <div className="facts-save">
      <p className="meta">{personal.changes(editing.count)}</p>
      <div className="button-row">
        <Button onClick={editing.discard}>{personal.discard}</Button>
        <Button type="primary" loading={editing.saving} onClick={editing.save}>
          {personal.save}
        </Button>
      </div>
    </div>
  );
}
