import type { RegisterActivity, RegisterContent } from '@libs/contracts';
import { Link } from '@tanstack/react-router';
import { useMe } from '../session/session.js';
import { useNarrow } from '../shell/use-narrow.js';
import { useDeskWords } from '../words/desk/use-desk-words.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import { useWords } from '../words/use-words.js';

export function ActivityTable({ register }: { readonly register: RegisterContent }) {
  const desk = useDeskWords();
  if (useNarrow()) {
    return (
      <ul className="desk-cards">
        {register.activities.map((activity) => (
          <ActivityCard key={activity.purpose} activity={activity} />
        ))}
      </ul>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by keys
    <section className="table-box" aria-label={desk.register} tabIndex={0}>
      <table className="register-table">
        <caption className="visually-hidden">{desk.register}</caption>
        <thead>
          <tr>
            <th scope="col">{desk.purpose}</th>
            <th scope="col">{desk.kind}</th>
            <th scope="col">{desk.dataKinds}</th>
            <th scope="col">{desk.basis}</th>
            <th scope="col">{desk.recipients}</th>
            <th scope="col">{desk.retention}</th>
            <th scope="col">{desk.version}</th>
            <th scope="col">{desk.state}</th>
          </tr>
        </thead>
        <tbody>
          {register.activities.map((activity) => (
            <ActivityRow key={activity.purpose} activity={activity} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface ActivityProps {
  readonly activity: RegisterActivity;
}

function ActivityRow({ activity }: ActivityProps) {
  const desk = useDeskWords();
  return (
    <tr data-purpose={activity.purpose}>
      <th scope="row">
        <ActivityLink activity={activity} />
      </th>
      <td>{desk.kinds[activity.kind]}</td>
      <td>
        <DataKinds activity={activity} />
      </td>
      <td>{desk.bases[activity.basis] ?? activity.basis}</td>
      <td>
        <Recipients activity={activity} />
      </td>
      <td>{desk.months(activity.retainMonths)}</td>
      <td>{desk.versionNo(activity.consentVersion)}</td>
      <td>
        <InUse activity={activity} />
      </td>
    </tr>
  );
}

function ActivityCard({ activity }: ActivityProps) {
  const desk = useDeskWords();
  return (
    <li className="card" data-purpose={activity.purpose}>
      <div className="card-line">
        <ActivityLink activity={activity} />
        <InUse activity={activity} />
      </div>
      <DataKinds activity={activity} />
      <p className="meta">
        {desk.kinds[activity.kind]} · {desk.bases[activity.basis] ?? activity.basis} ·{' '}
        {desk.months(activity.retainMonths)}
      </p>
    </li>
  );
}

function ActivityLink({ activity }: ActivityProps) {
  const words = useWords();
  const { slug } = useMe().tenant;
  return (
    <Link to="/w/$slug/privacy/register" params={{ slug }} search={{ edit: activity.purpose }} className="row-link">
      {words.purposes[activity.purpose] ?? activity.purpose}
    </Link>
  );
}

/** Fields with a consent of their own say so, because refusing them costs only themselves. */
function DataKinds({ activity }: ActivityProps) {
  const desk = useDeskWords();
  const personal = usePersonalWords();
  if (activity.fields.length === 0) return <span className="quiet">{desk.noFields}</span>;
  return (
    <ul className="chips">
      {activity.fields.map(({ field, consent }) => (
        <li
          key={field}
          className={consent === 'separate' ? 'chip chip-separate' : 'chip'}
          title={desk.fieldConsents[consent]}
        >
          {personal.field[field] ?? field}
          {consent !== 'with-purpose' && <span className="visually-hidden">{desk.fieldConsents[consent]}</span>}
        </li>
      ))}
    </ul>
  );
}

function Recipients({ activity }: ActivityProps) {
  const desk = useDeskWords();
  if (activity.recipients.length === 0) return <span className="quiet">{desk.noRecipients}</span>;
  return (
    <ul className="chips">
      {activity.recipients.map((recipient) => (
        <li key={recipient} className="chip">
          {recipient}
        </li>
      ))}
    </ul>
  );
}

function InUse({ activity }: ActivityProps) {
  const desk = useDeskWords();
  return (
    <span className={activity.enabled ? 'status-tag status-resolved' : 'status-tag'}>
      {activity.enabled ? desk.on : desk.off}
    </span>
  );
}
