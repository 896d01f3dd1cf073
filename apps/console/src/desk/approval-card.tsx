import { ApiError } from '@libs/api-client';
import type { Approval, ApprovalState } from '@libs/contracts';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useNow } from '../live/use-now.js';
import { useMe } from '../session/session.js';
import { useDeskWords } from '../words/desk/use-desk-words.js';
import { exactTime, safeText } from '../words/format.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import { useWords } from '../words/use-words.js';
import { ApprovalChanges, ProposalDifference } from './approval-changes.js';
import { useApprovalAct } from './approval-queries.js';
import { useChangeRegister, useRegister } from './register-queries.js';
import { SaveError } from './save-error.js';

const TAGS: Readonly<Record<ApprovalState, string>> = {
  pending: 'status-tag status-queued',
  approved: 'status-tag status-resolved',
  refused: 'status-tag',
  cancelled: 'status-tag',
  expired: 'status-tag',
  used: 'status-tag',
};

/** So many people are named without being asked for. */
const SHOWN_AT_ONCE = 12;

interface CardProps {
  readonly approval: Approval;
  readonly onTold: (sentence: string) => void;
}

/** One request with its plan and reason; who asked never finds a button to approve it. */
export function ApprovalCard({ approval, onTold }: CardProps) {
  const words = useWords();
  const desk = useDeskWords();
  const personal = usePersonalWords();
  const now = useNow();
  const kind = desk.approvalKinds[approval.kind] ?? approval.kind;
  const time = (at: number) => exactTime(at, now, words.locale);
  return (
    <article className="card approval" aria-label={kind} data-approval={approval.state} data-kind={approval.kind}>
      <div className="card-line">
        <h3>{kind}</h3>
        <span className={TAGS[approval.state]}>{desk.approvalStates[approval.state]}</span>
      </div>
      <ul className="chips">
        {approval.fields.map((field) => (
          <li key={field} className="chip">
            {personal.field[field] ?? field}
          </li>
        ))}
      </ul>
      <ApprovalChanges changes={approval.changes} />
      {approval.proposal && <ProposalDifference proposal={approval.proposal} />}
      <dl className="properties">
        {approval.kind === 'bulk-reveal' && (
          <>
            <dt>{desk.person}</dt>
            <dd>
              <Concerned approval={approval} />
            </dd>
          </>
        )}
        <dt>{desk.reason}</dt>
        <dd>
          <bdi>{safeText(approval.reason)}</bdi>
        </dd>
        <dt>{desk.askedBy}</dt>
        <dd>{desk.decidedByOn(approval.requestedBy.name, time(approval.requestedAt))}</dd>
        {approval.decidedBy && approval.decidedAt !== null && (
          <>
            <dt>{desk.decidedBy}</dt>
            <dd>{desk.decidedByOn(approval.decidedBy.name, time(approval.decidedAt))}</dd>
          </>
        )}
        {(approval.state === 'pending' || approval.state === 'approved') && (
          <>
            <dt>{desk.expires}</dt>
            <dd>{time(approval.expiresAt)}</dd>
          </>
        )}
      </dl>
      <Acts approval={approval} kind={kind} onTold={onTold} />
    </article>
  );
}

/** Whom a bulk reveal is about: a few at once, many on demand. */
function Concerned({ approval: { people, handles } }: { readonly approval: Approval }) {
  const desk = useDeskWords();
  const personal = usePersonalWords();
  if (handles.length === 0) return desk.people(people);
  return (
    <details open={handles.length <= SHOWN_AT_ONCE}>
      <summary>{desk.people(people)}</summary>
      <ul className="chips">
        {handles.map((handle) => (
          <li key={handle} className="chip">
            {personal.person(handle)}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Acts({ approval, kind, onTold }: CardProps & { readonly kind: string }) {
  const desk = useDeskWords();
  const { memberId } = useMe();
  const act = useApprovalAct(approval.id);
  const own = approval.requestedBy.memberId === memberId;
  const { name } = approval.requestedBy;
  return (
    <>
      {approval.decidable && (
        <>
          <p className="quiet">{approval.kind === 'bulk-reveal' ? desk.effectBulk : desk.effectLoosen}</p>
          <div className="button-row">
            <Button
              aria-label={desk.approveNamed(kind, name)}
              loading={act.isPending}
              onClick={() => act.mutate('approve')}
            >
              {desk.approve}
            </Button>
            <Button
              aria-label={desk.refuseNamed(kind, name)}
              disabled={act.isPending}
              onClick={() => act.mutate('refuse')}
            >
              {desk.refuse}
            </Button>
          </div>
        </>
      )}
      {own && (approval.state === 'pending' || approval.state === 'approved') && (
        <div className="button-row">
          {approval.state === 'pending' ? (
            <p className="quiet">{desk.ownRequest}</p>
          ) : (
            <Use approval={approval} onTold={onTold} />
          )}
          <Button disabled={act.isPending} onClick={() => act.mutate('cancel')}>
            {desk.withdrawRequest}
          </Button>
        </div>
      )}
      <SaveError error={act.error} />
    </>
  );
}

/** What was approved, done by who asked for it. */
function Use({ approval, onTold }: CardProps) {
  const desk = useDeskWords();
  const { slug } = useMe().tenant;
  if (approval.kind === 'bulk-reveal') {
    return (
      <Link
        className="button-link"
        to="/w/$slug/privacy/approvals/$approvalId/values"
        params={{ slug, approvalId: approval.id }}
      >
        {desk.showValues}
      </Link>
    );
  }
  return <ApplyChange approval={approval} onTold={onTold} />;
}

/** Exactly what was approved, over the version it was made for: the server keeps both, so any page can apply it. */
function ApplyChange({ approval, onTold }: CardProps) {
  const desk = useDeskWords();
  const { data } = useRegister();
  const save = useChangeRegister();
  const { proposal } = approval;
  if (!data) return null;
  if (proposal?.baseVersion !== data.version || isRefused(save.error)) {
    return <p className="quiet">{desk.changeOutdated}</p>;
  }
  const change = { ...proposal, note: approval.reason, approvalId: approval.id };
  return (
    <>
      <SaveError error={save.error} />
      <Button
        type="primary"
        loading={save.isPending}
        onClick={() => save.mutate(change, { onSuccess: () => onTold(desk.applied) })}
      >
        {desk.applyChange}
      </Button>
    </>
  );
}

/** The register was changed after it was asked for: what was agreed to is not what would happen now. */
function isRefused(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'privacy.approval-required';
}
