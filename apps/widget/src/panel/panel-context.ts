import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { PanelSession } from './panel-session.js';
import type { PanelState } from './panel-state.js';
import { type Words, wordsFor } from './words.js';

export const SessionContext = createContext<PanelSession | undefined>(undefined);

export function useSession(): PanelSession {
  const session = useContext(SessionContext);
  if (!session) throw new Error('SessionContext has no value: render views below <App>');
  return session;
}

export function usePanelState(): PanelState {
  const session = useSession();
  const [state, setState] = useState(session.state);
  useEffect(() => {
    setState(session.state);
    return session.subscribe(() => setState(session.state));
  }, [session]);
  return state;
}

export function useWords(): Words {
  return wordsFor(usePanelState().locale);
}
