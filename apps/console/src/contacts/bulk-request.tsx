import { CONTACT_FIELDS, type ContactField, type ContactSummary } from '@libs/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type FormEvent, useId, useRef, useState } from 'react';
import { privacyApi } from '../session/api.js';
import { useMe } from '../session/session.js';
import { ReasonField } from '../values/reason-field.js';
import { errorText } from '../words/error-text.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import { useWords } from '../words/use-words.js';

interface BulkProps {
  readonly picked: readonly ContactSummary[];
  readonly onDone: () => void;
}

/** Stands in place of the search while contacts are selected: how many, and the one thing to do with them. */
export function BulkRequest({ picked, onDone }: BulkProps) {
  const personal = usePersonalWords();
  const [open, setOpen] = useState(false);
  return (
    <section className="card" aria-label={personal.askBulkTitle}>
      <div className="button-row">
        <p role="status" className="bulk-count">
          {personal.selected(picked.length)}
        </p>
        {!open && <Button onClick={() => setOpen(true)}>{personal.askBulk}</Button>}
        <Button type="text" onClick={onDone}>
          {personal.clearSelection}
        </Button>
      </div>
      {open && <BulkForm picked={picked} onCancel={() => setOpen(false)} />}
    </section>
  );
}

function useBulkRequest(picked: readonly ContactSummary[]) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ field, reason }: { readonly field: ContactField; readonly reason: string }) =>
      privacyApi.requestApproval({
        kind: 'bulk-reveal',
        fields: [`contact.${field}`],
        contactIds: picked.map(({ id }) => id),
        reason,
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['approvals'] }),
  });
}

interface FormProps {
  readonly picked: readonly ContactSummary[];
  readonly onCancel: () => void;
}

function BulkForm({ picked, onCancel }: FormProps) {
  const words = useWords();
  const personal = usePersonalWords();
  const [field, setField] = useState<ContactField>('mobile');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const text = useRef<HTMLTextAreaElement>(null);
  const request = useBulkRequest(picked);
  const lacks = reason.trim() === '';
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (lacks) text.current?.focus();
    else request.mutate({ field, reason: reason.trim() });
  }
  if (request.isSuccess) return <Requested />;
  return (
    <form className="bulk-form" onSubmit={submit}>
      <p className="bar bar-privacy">{personal.askBulkNote}</p>
      <FieldSelect field={field} onChange={setField} />
      <p role="status" className="form-hint" data-hint="showable">
        {personal.bulkShowable(personal.field[`contact.${field}`]!, showable(picked, field), picked.length)}
      </p>
      <ReasonField
        label={personal.reasonForApproval}
        fault={tried && lacks ? personal.reasonMissing : null}
        value={reason}
        field={text}
        onChange={setReason}
      />
      {request.isError && (
        <p role="alert" className="bar bar-error">
          {errorText(request.error, words)}
        </p>
      )}
      <div className="button-row">
        <Button type="primary" htmlType="submit" loading={request.isPending}>
          {personal.submitApproval}
        </Button>
        <Button onClick={onCancel}>{personal.cancel}</Button>
      </div>
    </form>
  );
}

/** Of how many the page knows a face that has a value behind it. */
function showable(picked: readonly ContactSummary[], field: ContactField): number {
  return picked.filter(({ fields }) => fields[field].face === 'plain' || fields[field].face === 'masked').length;
}

function Requested() {
  const me = useMe();
  const personal = usePersonalWords();
  return (
    <div role="status" className="bar bar-success">
      <p>{personal.askedBulk}</p>
      <Link to="/w/$slug/privacy/approvals" params={{ slug: me.tenant.slug }}>
        {personal.toApprovals}
      </Link>
    </div>
  );
}

interface SelectProps {
  readonly field: ContactField;
  readonly onChange: (field: ContactField) => void;
}

function FieldSelect({ field, onChange }: SelectProps) {
  const personal = usePersonalWords();
  const id = useId();
  return (
    <div className="form-row">
      <label htmlFor={id}>{personal.whichField}</label>
      <select
        id={id}
        className="native-select"
        value={field}
        onChange={(event) => onChange(event.target.value as ContactField)}
      >
        {CONTACT_FIELDS.map((each) => (
          <option key={each} value={each}>
            {personal.field[`contact.${each}`]}
          </option>
        ))}
      </select>
    </div>
  );
}
