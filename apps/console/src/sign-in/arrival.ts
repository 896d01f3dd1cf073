import type { SecondStep, SignInAnswer, Workspace } from '@libs/contracts';
import { useNavigate } from '@tanstack/react-router';
import { Observable } from '../live/observable.js';
import { homeOf } from '../session/rights.js';
import { rememberMe } from '../session/session.js';

/** What the server asks for before it opens a session. Kept in memory only: a reload begins again. */
export type OwedProof = { readonly next?: string | undefined; readonly ticket: string } & (
  | { readonly kind: 'choose'; readonly choices: readonly Workspace[] }
  | { readonly kind: 'verify'; readonly methods: readonly SecondStep[]; readonly expiresAt: number }
);

export const owedProof = new Observable<OwedProof | undefined>(undefined);

/** Goes where an answer of any door leads: into the workspace, or to the next step. */
export function useArrival(next?: string): (answer: SignInAnswer) => Promise<void> {
  const navigate = useNavigate();
  return async (answer) => {
    if ('choices' in answer) owedProof.set({ kind: 'choose', next, ...answer });
    else if ('verify' in answer) owedProof.set({ kind: 'verify', next, ...answer.verify });
    else {
      rememberMe(answer);
      const isOwn = next?.startsWith(`/w/${answer.tenant.slug}/`) === true && !answer.pending?.length;
      await navigate({ to: isOwn ? next : homeOf(answer), replace: true });
      owedProof.set(undefined);
      return;
    }
    await navigate({ to: '/sign-in/verify', replace: true });
  };
}
