import {
  CONTACT_FIELDS,
  type ContactField,
  type ContactSummary,
  type PersonalValue,
  personHandle,
} from '@libs/contracts';
import { Link } from '@tanstack/react-router';
import { useNow } from '../live/use-now.js';
import { useMe } from '../session/session.js';
import { Value } from '../values/value.js';
import { exactTime, relativeTime } from '../words/format.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import { useWords } from '../words/use-words.js';
import type { Picking } from './use-picking.js';

interface ListProps {
  readonly rows: readonly ContactSummary[];
  readonly picking: Picking;
}

export function ContactTable({ rows, picking }: ListProps) {
  const personal = usePersonalWords();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by keys
    <section className="table-box" aria-label={personal.contacts} tabIndex={0}>
      <table className="contact-table">
        <caption className="visually-hidden">{personal.contacts}</caption>
        <thead>
          <tr>
            {picking.possible && (
              <th scope="col" className="pick">
                <label className="pick-box">
                  <input
                    type="checkbox"
                    aria-label={personal.selectAll}
                    checked={picking.all}
                    onChange={picking.toggleAll}
                  />
                </label>
              </th>
            )}
            <th scope="col">{personal.contacts}</th>
            {CONTACT_FIELDS.map((field) => (
              <th key={field} scope="col">
                {personal.field[`contact.${field}`]}
              </th>
            ))}
            <th scope="col">{personal.lastChange}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} picking={picking} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ row, picking }: { readonly row: ContactSummary; readonly picking: Picking }) {
  const person = usePersonalWords().person(personHandle(row.subjectId));
  return (
    <tr data-selected={picking.has(row.id) || undefined}>
      {picking.possible && (
        <td className="pick">
          <Pick row={row} picking={picking} />
        </td>
      )}
      <th scope="row">
        <ContactLink row={row} text={person} />
      </th>
      {CONTACT_FIELDS.map((field) => (
        <td key={field}>
          <FieldValue field={field} value={row.fields[field]} />
        </td>
      ))}
      <td className="meta">
        <Changed at={row.updatedAt} />
      </td>
    </tr>
  );
}

/** On a phone: the three things that decide which one it is. */
export function ContactCards({ rows, picking }: ListProps) {
  const personal = usePersonalWords();
  return (
    <ul className="contact-cards">
      {rows.map((row) => (
        <li key={row.id} className="contact-card" data-selected={picking.has(row.id) || undefined}>
          {picking.possible && <Pick row={row} picking={picking} />}
          <ContactLink row={row} text={personal.person(personHandle(row.subjectId))} />
          <span className="contact-card-values">
            <FieldValue field="name" value={row.fields.name} labelled />
            <FieldValue field="mobile" value={row.fields.mobile} labelled />
          </span>
          <span className="meta">
            <Changed at={row.updatedAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Pick({ row, picking }: { readonly row: ContactSummary; readonly picking: Picking }) {
  const personal = usePersonalWords();
  return (
    <label className="pick-box">
      <input
        type="checkbox"
        aria-label={personal.selectPerson(personal.person(personHandle(row.subjectId)))}
        checked={picking.has(row.id)}
        onChange={() => picking.toggle(row.id)}
      />
    </label>
  );
}

function ContactLink({ row, text }: { readonly row: ContactSummary; readonly text: string }) {
  const { slug } = useMe().tenant;
  return (
    <Link to="/w/$slug/contacts/$contactId" params={{ slug, contactId: row.id }} className="contact-link">
      {text}
    </Link>
  );
}

interface FieldValueProps {
  readonly field: ContactField;
  readonly value: PersonalValue;
  readonly labelled?: boolean;
}

function FieldValue({ field, value, labelled = false }: FieldValueProps) {
  const label = usePersonalWords().field[`contact.${field}`]!;
  return (
    <span className="contact-card-value">
      {labelled && <span className="meta">{label}</span>}
      <Value label={label} value={value} compact />
    </span>
  );
}

function Changed({ at }: { readonly at: number }) {
  const words = useWords();
  const now = useNow();
  return (
    <time dateTime={new Date(at).toISOString()} title={exactTime(at, now, words.locale)}>
      {relativeTime(at, now, words.locale, words)}
    </time>
  );
}
