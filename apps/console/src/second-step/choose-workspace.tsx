import { Outcome } from '../forms/outcome.js';
import { useAct } from '../forms/use-act.js';
import { accountApi } from '../session/api.js';
import { type OwedProof, useArrival } from '../sign-in/arrival.js';
import { PublicPage } from '../sign-in/public-page.js';
import { BackToSignIn } from '../sign-in/sign-in-links.js';
import { useAccountWords } from '../words/account/use-account-words.js';

export function ChooseWorkspace({ owed }: { readonly owed: Extract<OwedProof, { kind: 'choose' }> }) {
  const words = useAccountWords();
  const arrive = useArrival(owed.next);
  const act = useAct();
  const choose = async (tenantId: string) => arrive(await accountApi.verify({ ticket: owed.ticket, tenantId }));
  return (
    <PublicPage screen="choose-workspace" title={words.chooseTitle}>
      <p className="form-quiet">{words.chooseHint}</p>
      <Outcome error={act.error} />
      <ul className="public-choices">
        {owed.choices.map(({ tenantId, name }) => (
          <li key={tenantId}>
            <button
              type="button"
              className="public-choice"
              disabled={act.busy}
              aria-label={words.enterWorkspace(name)}
              onClick={() => void act.run(() => choose(tenantId))}
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
