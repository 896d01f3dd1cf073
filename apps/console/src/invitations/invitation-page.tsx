import { ApiError } from '@libs/api-client';
import type { InvitationView } from '@libs/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Outcome } from '../forms/outcome.js';
import { accountApi } from '../session/api.js';
import { useLinkToken } from '../sign-in/link-token.js';
import { PublicLoading, PublicPage } from '../sign-in/public-page.js';
import { BackToSignIn } from '../sign-in/sign-in-links.js';
import { useAccountErrors, useAccountWords } from '../words/account/use-account-words.js';
import { exactTime } from '../words/format.js';
import { useWords } from '../words/use-words.js';
import { FreshForm } from './fresh-form.js';
import { KnownForm } from './known-form.js';

/** Who invites, into which workspace, as what; then with a new account or an existing one. */
export function InvitationPage() {
  const words = useAccountWords();
  const token = useLinkToken();
  const [declined, setDeclined] = useState(false);
  const look = useQuery({
    queryKey: ['me', 'invitation', token],
    queryFn: ({ signal }) => accountApi.invitation(token, signal),
    enabled: token !== '',
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (declined) return <Closed state="declined" text={words.declined} />;
  if (token === '') return <Closed state="missing" text={words.inviteMissing} />;
  if (look.error) return <Refused error={look.error} retry={() => void look.refetch()} />;
  if (!look.data) return <PublicLoading screen="invitation" title={words.inviteTitle} />;
  return <Invitation token={token} view={look.data} onDeclined={() => setDeclined(true)} />;
}

const STATES: Readonly<Record<string, string>> = {
  'account.invitation-expired': 'expired',
  'account.invitation-used': 'used',
  'account.invitation-not-found': 'missing',
};

function Refused({ error, retry }: { readonly error: Error; readonly retry: () => void }) {
  const words = useWords();
  const sentence = useAccountErrors();
  const state = error instanceof ApiError ? STATES[error.code] : undefined;
  return (
    <Closed state={state ?? 'error'} text={sentence(error)}>
      {state === undefined && <Button onClick={retry}>{words.retry}</Button>}
    </Closed>
  );
}

function Closed(props: { readonly state: string; readonly text: string; readonly children?: React.ReactNode }) {
  const words = useAccountWords();
  return (
    <PublicPage screen="invitation" state={props.state} title={words.inviteTitle}>
      <p role="status">{props.text}</p>
      {props.children}
      <BackToSignIn />
    </PublicPage>
  );
}

interface InvitationProps {
  readonly token: string;
  readonly view: InvitationView;
  readonly onDeclined: () => void;
}

function Invitation({ token, view, onDeclined }: InvitationProps) {
  const words = useAccountWords();
  const { locale } = useWords();
  const [fresh, setFresh] = useState(true);
  return (
    <PublicPage screen="invitation" title={words.inviteTitle} wide>
      <p dir="auto">{words.invitedBy(view.inviter, view.workspace)}</p>
      <dl className="properties">
        <dt>{words.inviteRole}</dt>
        <dd>
          <strong>{words.roles[view.role]}</strong>
          <p className="form-hint">{words.roleSees[view.role]}</p>
        </dd>
        <dt>{words.inviteUntil}</dt>
        <dd>{exactTime(view.expiresAt, Date.now(), locale)}</dd>
      </dl>
      <fieldset className="public-tabs sign-in-group">
        <legend className="visually-hidden">{words.accept}</legend>
        <button type="button" aria-pressed={fresh} onClick={() => setFresh(true)}>
          {words.inviteFresh}
        </button>
        <button type="button" aria-pressed={!fresh} onClick={() => setFresh(false)}>
          {words.inviteKnown}
        </button>
      </fieldset>
      {fresh ? <FreshForm token={token} /> : <KnownForm token={token} />}
      <Decline token={token} onDeclined={onDeclined} />
    </PublicPage>
  );
}

function Decline({ token, onDeclined }: { readonly token: string; readonly onDeclined: () => void }) {
  const words = useAccountWords();
  const [error, setError] = useState<unknown>(null);
  const decline = () => accountApi.declineInvitation(token).then(onDeclined, setError);
  return (
    <>
      <Outcome error={error} />
      <Button size="large" block onClick={() => void decline()}>
        {words.decline}
      </Button>
    </>
  );
}
