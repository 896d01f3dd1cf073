import type { PendingStep } from '@libs/contracts';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { forgetEverything } from '../live/live-session.js';
import { api } from '../session/api.js';
import { homeOf } from '../session/rights.js';
import { askWhoAmI, rememberMe, useMe } from '../session/session.js';
import { PublicPage } from '../sign-in/public-page.js';
import { useAccountWords } from '../words/account/use-account-words.js';
import { useWords } from '../words/use-words.js';

/** On to the next step, or to work. A server that is asked a moment too early may still name the step just taken. */
export function useStepDone(step: PendingStep): () => Promise<void> {
  const navigate = useNavigate();
  return async () => {
    const now = await askWhoAmI();
    const pending = (now.pending ?? []).filter((owed) => owed !== step);
    const me = { ...now, pending };
    rememberMe(me);
    await navigate({ to: homeOf(me), replace: true });
  };
}

interface StepPageProps {
  readonly screen: string;
  readonly state?: string;
  readonly title: string;
  readonly children: ReactNode;
}

/** A step that stands between signing in and working. Whoever does not want to take it can leave. */
export function StepPage({ screen, state = 'ready', title, children }: StepPageProps) {
  const words = useWords();
  const account = useAccountWords();
  const me = useMe();
  const navigate = useNavigate();
  async function leave(): Promise<void> {
    await api.signOut().catch(() => undefined);
    await navigate({ to: '/sign-in', replace: true });
    forgetEverything();
  }
  return (
    <PublicPage screen={screen} state={state} title={title} wide>
      {children}
      <p className="sign-in-links step-rest">
        <span className="form-quiet">{account.stepsLeft(me.pending?.length ?? 1)}</span>
        <button type="button" className="text-button" onClick={() => void leave()}>
          {words.signOut}
        </button>
      </p>
    </PublicPage>
  );
}
