import type { InboxSecret } from '@libs/contracts';
import { Button } from 'antd';
import { useState } from 'react';
import { usePreferences } from '../device/preferences.js';
import { inboxesApi } from '../session/api.js';
import { exactTime } from '../words/format.js';
import { CopyButton } from './copy-button.js';
import { LeaveGuard } from './leave-guard.js';
import { Choose } from './look-section.js';
import { SureDialog } from './sure-dialog.js';
import type { DraftEditing } from './use-inbox-draft.js';
import { useInboxWords } from './words/use-inbox-words.js';

/** Whether the embedding site says who its visitors are, and the secrets it signs with. */
export function IdentitySection({ editing }: { readonly editing: DraftEditing }) {
  const words = useInboxWords();
  const [revoking, setRevoking] = useState<InboxSecret>();
  const { inbox } = editing;
  return (
    <>
      <p className="quiet">{words.identityIntro}</p>
      <Choose
        label={words.identityMode}
        value={editing.values.identityMode}
        options={['off', 'optional', 'required']}
        words={words.identityModes}
        onChange={(identityMode) => editing.set({ identityMode })}
      />
      <h3>{words.secrets}</h3>
      {inbox.secrets.length === 0 && <p className="quiet">{words.noSecrets}</p>}
      <ul className="secret-list">
        {inbox.secrets.map((one) => (
          <SecretRow key={one.id} secret={one} onRevoke={() => setRevoking(one)} />
        ))}
      </ul>
      {inbox.secrets.length > 0 && <p className="form-hint">{words.rotateEffect}</p>}
      <SecretMaking editing={editing} />
      {revoking && (
        <SureDialog
          title={words.revokeTitle}
          effect={words.revokeEffect}
          verb={words.revoke}
          onClose={() => setRevoking(undefined)}
          onAct={() => editing.act((version) => inboxesApi.revokeSecret(inbox.id, revoking.id, version))}
        />
      )}
    </>
  );
}

/** The first secret is made at once; a further one is asked about, because it ends the one before. */
function SecretMaking({ editing }: { readonly editing: DraftEditing }) {
  const words = useInboxWords();
  const [secret, setSecret] = useState<string>();
  const [rotating, setRotating] = useState(false);
  const { inbox } = editing;
  const isFirst = inbox.secrets.length === 0;
  const make = (): Promise<boolean> =>
    editing.act(async (version) => {
      const made = await inboxesApi.makeSecret(inbox.id, version);
      setSecret(made.secret);
      return made.inbox;
    });
  return (
    <>
      <div className="button-row">
        <Button
          disabled={secret !== undefined}
          aria-describedby={secret === undefined ? undefined : 'secret-open'}
          aria-haspopup={isFirst ? undefined : 'dialog'}
          onClick={() => (isFirst ? void make() : setRotating(true))}
        >
          {isFirst ? words.makeSecret : words.rotate}
        </Button>
      </div>
      {secret !== undefined && <NewSecret secret={secret} onKept={() => setSecret(undefined)} />}
      {rotating && (
        <SureDialog
          title={words.rotateTitle}
          effect={words.rotateEffect}
          verb={words.rotate}
          onClose={() => setRotating(false)}
          onAct={make}
        />
      )}
    </>
  );
}

/** Shown once: it stays until whoever made it says that they have it, and leaving is asked about. */
function NewSecret({ secret, onKept }: { readonly secret: string; readonly onKept: () => void }) {
  const words = useInboxWords();
  return (
    <div className="bar bar-success secret-new">
      <p id="secret-open" role="status">
        {words.secretOnce}
      </p>
      <div className="secret-row">
        <input
          className="native-input secret-value"
          readOnly
          aria-label={words.secrets}
          value={secret}
          onFocus={(event) => event.target.select()}
        />
        <CopyButton text={secret} label={words.copySecret} />
      </div>
      <Button onClick={onKept}>{words.secretKept}</Button>
      <LeaveGuard
        when
        withinPage={false}
        title={words.leaveSecretTitle}
        effect={words.leaveSecretEffect}
        leave={words.leaveSecret}
      />
    </div>
  );
}

function SecretRow({ secret, onRevoke }: { readonly secret: InboxSecret; readonly onRevoke: () => void }) {
  const words = useInboxWords();
  const { locale } = usePreferences();
  const time = (at: number): string => exactTime(at, Date.now(), locale);
  return (
    <li>
      <span>{words.secretMade(time(secret.createdAt))}</span>
      <span className="quiet">
        {secret.expiresAt === null ? words.secretActive : words.secretUntil(time(secret.expiresAt))}
      </span>
      <Button size="small" aria-label={words.revokeOf(time(secret.createdAt))} onClick={onRevoke}>
        {words.revoke}
      </Button>
    </li>
  );
}
