import type { InvitationMade, Me } from '@libs/contracts';
import { useId, useState } from 'react';
import { emailFault } from '../forms/address-faults.js';
import { membersApi } from '../session/api.js';
import { useMe } from '../session/session.js';
import { Dialog } from '../shell/dialog.js';
import { DialogButtons, DialogClose } from '../shell/dialog-buttons.js';
import { useAccountWords } from '../words/account/use-account-words.js';
import { useSettingsErrors, useSettingsWords } from '../words/settings/use-settings-words.js';
import { OneTimeLinkBox } from './one-time-link.js';
import { RoleChoice, rolesToGive } from './role-form.js';
import { useRefreshMembers } from './use-members.js';
import './settings.css';

const MOST = 20;

interface Outcome {
  readonly email: string;
  readonly made?: InvitationMade;
  readonly error?: unknown;
}

/** Several addresses, one role; each gets a link of its own. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useSettingsWords();
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>();
  return (
    <Dialog title={outcomes ? words.inviteResults : words.inviteTitle} onClose={onClose}>
      {outcomes ? (
        <Results outcomes={outcomes} onClose={onClose} />
      ) : (
        <InviteForm onMade={setOutcomes} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface InviteFormProps {
  readonly onMade: (outcomes: readonly Outcome[]) => void;
  readonly onClose: () => void;
}

function addressesIn(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,;，；]+/u).filter(Boolean))];
}

function InviteForm({ onMade, onClose }: InviteFormProps) {
  const words = useSettingsWords();
  const me = useMe();
  const refresh = useRefreshMembers();
  const id = useId();
  const [text, setText] = useState('');
  const [role, setRole] = useState<Me['role']>('agent');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const fault = useAddressFault(text);
  async function invite(): Promise<void> {
    setTried(true);
    if (fault !== '') return;
    setBusy(true);
    const outcomes: Outcome[] = [];
    // One after the other: the limit counts them, and each has its own answer.
    for (const email of addressesIn(text)) outcomes.push(await inviteOne(email, role));
    await refresh();
    onMade(outcomes);
  }
  return (
    <form
      className="dialog-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void invite();
      }}
    >
      <div className="form-row">
        <label htmlFor={id}>{words.inviteEmails}</label>
        <textarea
          id={id}
          className="native-input"
          rows={3}
          value={text}
          aria-invalid={tried && fault !== ''}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setText(event.target.value)}
        />
        <p id={`${id}-hint`} className={tried && fault !== '' ? 'form-fault' : 'form-hint'}>
          {tried && fault !== '' ? fault : words.inviteEmailsHint}
        </p>
      </div>
      <RoleChoice label={words.inviteRole} role={role} choices={rolesToGive(me.role)} onChange={setRole} />
      <DialogButtons verb={words.inviteSend} busy={busy} onClose={onClose} />
    </form>
  );
}

function useAddressFault(text: string): string {
  const words = useSettingsWords();
  const account = useAccountWords();
  const addresses = addressesIn(text);
  if (addresses.length === 0) return words.inviteEmailsMissing;
  if (addresses.length > MOST) return words.inviteTooMany;
  return addresses.map((address) => emailFault(address, account)).find(Boolean) ?? '';
}

async function inviteOne(email: string, role: Me['role']): Promise<Outcome> {
  return membersApi.invite({ email, role }).then(
    (made) => ({ email, made }),
    (error: unknown) => ({ email, error }),
  );
}

function Results({ outcomes, onClose }: { readonly outcomes: readonly Outcome[]; readonly onClose: () => void }) {
  const words = useSettingsWords();
  const sentence = useSettingsErrors();
  const mailed = outcomes.some(({ made }) => made?.mailed);
  const anyMade = outcomes.some(({ made }) => made);
  return (
    <>
      {anyMade && <p>{mailed ? words.linkMailed : words.linkOnce}</p>}
      <ul className="invite-results">
        {outcomes.map(({ email, made, error }) => (
          <li key={email}>
            {made ? (
              <OneTimeLinkBox url={made.url} label={email} />
            ) : (
              <>
                <p dir="auto">{email}</p>
                <p className="form-fault">{sentence(error)}</p>
              </>
            )}
          </li>
        ))}
      </ul>
      <DialogClose label={words.close} onClose={onClose} />
    </>
  );
}
