import { CheckOutlined } from '@ant-design/icons';
import type { FirstRun, FirstStep } from '@libs/contracts';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useInbox } from '../inboxes/inbox-queries.js';
import { useNow } from '../live/use-now.js';
import { useMe } from '../session/session.js';
import { InviteDialog } from '../settings/invite-dialog.js';
import { useWelcomeWords } from '../words/around/use-around-words.js';
import { exactTime } from '../words/format.js';
import { useWords } from '../words/use-words.js';
import { SnippetStep } from './snippet-step.js';

interface StepProps {
  readonly step: FirstStep;
  readonly number: number;
  readonly run: FirstRun;
  /** The next one to do is open by itself; the others open by a press. */
  readonly open: boolean;
}

export function StepItem({ step, number, run, open }: StepProps) {
  const words = useWelcomeWords();
  const screen = useWords();
  const now = useNow();
  const at = run.steps[step];
  const id = `step-${step}`;
  return (
    <li className="welcome-step" data-step={step} data-done={at !== null} aria-current={open ? 'step' : undefined}>
      <details open={open}>
        <summary>
          <span className="welcome-mark" aria-hidden>
            {at === null ? number : <CheckOutlined />}
          </span>
          <span id={id} className="welcome-name">
            {words.steps[step]}
          </span>
          <span className="meta">{at === null ? words.open : words.doneAt(exactTime(at, now, screen.locale))}</span>
        </summary>
        <div className="welcome-body">
          <Body step={step} run={run} />
        </div>
      </details>
    </li>
  );
}

function Body({ step, run }: { readonly step: FirstStep; readonly run: FirstRun }) {
  switch (step) {
    case 'inbox':
      return <InboxStep run={run} />;
    case 'notice':
      return <NoticeStep run={run} />;
    case 'snippet':
      return <SnippetStep run={run} />;
    case 'invitation':
      return <InvitationStep />;
    case 'answer':
      return <AnswerStep run={run} />;
  }
}

interface InboxLinkProps {
  readonly run: FirstRun;
  readonly tab?: 'notice';
  readonly children: ReactNode;
}

/** To the oldest inbox, or to where the first is made. */
function InboxLink({ run, tab, children }: InboxLinkProps) {
  const { slug } = useMe().tenant;
  if (!run.inbox) {
    return (
      <Link to="/w/$slug/settings/inboxes" params={{ slug }} className="welcome-go">
        {children}
      </Link>
    );
  }
  const { id, live } = run.inbox;
  return (
    <Link
      to="/w/$slug/settings/inboxes/$inboxId"
      params={{ slug, inboxId: id }}
      search={{ ...(tab ? { tab } : {}), ...(live ? {} : { wizard: true }) }}
      className="welcome-go"
    >
      {children}
    </Link>
  );
}

function InboxStep({ run }: { readonly run: FirstRun }) {
  const words = useWelcomeWords();
  return (
    <>
      <p>{run.inbox && !run.inbox.live ? words.inboxDraft(run.inbox.name) : words.inboxHint}</p>
      <InboxLink run={run}>{run.inbox ? words.inboxOpen : words.inboxCreate}</InboxLink>
    </>
  );
}

function NoticeStep({ run }: { readonly run: FirstRun }) {
  const words = useWelcomeWords();
  return (
    <>
      <p>{words.noticeHint}</p>
      <InboxLink run={run} tab="notice">
        {run.inbox ? words.noticeOpen : words.inboxCreate}
      </InboxLink>
    </>
  );
}

function InvitationStep() {
  const words = useWelcomeWords();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <p>{words.invitationHint}</p>
      <Button onClick={() => setAsking(true)}>{words.invite}</Button>
      {asking && <InviteDialog onClose={() => setAsking(false)} />}
    </>
  );
}

function AnswerStep({ run }: { readonly run: FirstRun }) {
  const words = useWelcomeWords();
  const { slug } = useMe().tenant;
  return (
    <>
      <p>{words.answerHint}</p>
      <div className="welcome-ways">
        {run.inbox?.live && <VisitorPage inboxId={run.inbox.id} />}
        <Link to="/w/$slug/conversations/$view" params={{ slug, view: 'unassigned' }} className="welcome-go">
          {words.toUnassigned}
        </Link>
      </div>
    </>
  );
}

function VisitorPage({ inboxId }: { readonly inboxId: string }) {
  const words = useWelcomeWords();
  const { data } = useInbox(inboxId);
  return data ? (
    <a href={data.hostedUrl} target="_blank" rel="noreferrer" className="welcome-go">
      {words.visitorPage}
    </a>
  ) : null;
}
