import type { InboxSecret } from '@libs/contracts';
import { Button } from 'antd';
import { useState } from 'react';
import { usePreferences } from '../device/preferences.js';
import { inboxesApi } from '../session/api.js';
import { exactTime } from '../words/format.js';
import { Choose } from './look-section.js';
import { SureDialog } from './sure-dialog.js';
import type { DraftEditing } from './use-inbox-draft.js';
import { useInboxWords } from './words/use-inbox-words.js';

/** Whether the embedding site says who its visitors are, and the secrets it signs with. */
export function IdentitySection({ editing }: { readonly editing: DraftEditing }) {
  const words = useInboxWords();
  const [secret, setSecret] = useState<string>();
  const [revoking, setRevoking] = useState<InboxSecret>();
  const { inbox } = editing;
  const make = (): void => {
    void editing.act(async (version) => {
      const made = await inboxesApi.makeSecret(inbox.id, version);
      setSecret(made.secret);
      return made.inbox;
    });
  };
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
      <div className="button-row">
        <Button onClick={make}>{inbox.secrets.length === 0 ? words.makeSecret : words.rotate}</Button>
      </div>
      {secret !== undefined && (
        <div role="status" className="bar bar-success">
          <p>{words.secretOnce}</p>
          <input
            className="native-input secret-value"
            readOnly
            aria-label={words.secrets}
            value={secret}
            onFocus={(event) => event.target.select()}
          />
        </div>
      )}
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
