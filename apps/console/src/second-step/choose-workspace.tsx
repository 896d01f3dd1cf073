import { useState } from 'react';
import { Outcome } from '../forms/outcome.js';
import { accountApi } from '../session/api.js';
import { type OwedProof, useArrival } from '../sign-in/arrival.js';
import { PublicPage } from '../sign-in/public-page.js';
import { BackToSignIn } from '../sign-in/sign-in-links.js';
import { useAccountWords } from '../words/account/use-account-words.js';

export function ChooseWorkspace({ owed }: { readonly owed: Extract<OwedProof, { kind: 'choose' }> }) {
  const words = useAccountWords();
  const arrive = useArrival(owed.next);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  async function choose(tenantId: string): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      await arrive(await accountApi.verify({ ticket: owed.ticket, tenantId }));
    } catch (reason) {
      setError(reason);
      setBusy(false);
    }
  }
  return (
    <PublicPage screen="choose-workspace" title={words.chooseTitle}>
      <p className="form-quiet">{words.chooseHint}</p>
      <Outcome error={error} />
      <ul className="public-choices">
        {owed.choices.map(({ tenantId, name }) => (
          <li key={tenantId}>
            <button
              type="button"
              className="public-choice"
              disabled={busy}
              aria-label={words.enterWorkspace(name)}
              onClick={() => void choose(tenantId)}
            >
              <bdi>{name}</bdi>
            </button>
          </li>
        ))}
      </ul>
      <BackToSignIn />
    </PublicPage>
  );
}
