import { Outlet, useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect, useSyncExternalStore } from 'react';
import { useLayout } from '../device/preferences.js';
import { startLive } from '../live/live-session.js';
import { PaletteDoor } from '../palette/palette-door.js';
import { usePreferenceSync } from '../preferences/own-preferences.js';
import { owedStepOf, rights } from '../session/rights.js';
import { askWhoAmI, queryClient, rightsChanged, sessionEnded, useMe } from '../session/session.js';
import { UndoToast } from '../undo/undo-toast.js';
import { useWords } from '../words/use-words.js';
import { ConnectionBar } from './connection-bar.js';
import { GoKeys } from './go-keys.js';
import { KeyList } from './key-list.js';
import { Navigation } from './navigation.js';
import { PlaceKeys } from './place-keys.js';
import './shell.css';
import './folded.css';

export function Shell() {
  const words = useWords();
  const me = useMe();
  const navigate = useNavigate();
  const router = useRouter();
  const ended = useSyncExternalStore(sessionEnded.subscribe, sessionEnded.get);
  const changed = useSyncExternalStore(rightsChanged.subscribe, rightsChanged.get);
  const { foldedNav: folded } = useLayout();
  usePreferenceSync();
  const converses = rights.converse(me.role);
  // The line carries conversations: whoever has none is not let in, and would read "reconnecting" all day.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another member needs another line
  useEffect(() => (converses ? startLive() : undefined), [converses, me.memberId]);
  useEffect(() => {
    if (!ended) return;
    // Drafts stay in memory; what was fetched goes, once nothing shows it any more.
    void navigate({ to: '/sign-in', search: { next: location.pathname }, replace: true }).then(() =>
      queryClient.clear(),
    );
  }, [ended, navigate]);
  useEffect(() => {
    if (!changed) return;
    rightsChanged.set(false);
    // Whoever owes a step takes it first; anybody else stays where they are, as far as the new role goes.
    askWhoAmI()
      .then((now) => {
        const step = owedStepOf(now);
        return step === undefined ? router.invalidate() : navigate({ to: step, replace: true });
      })
      // Not told now: the next call that is refused says it again.
      .catch(() => undefined);
  }, [changed, navigate, router]);
  return (
    <div className="shell" data-nav={folded ? 'folded' : undefined}>
      <a className="skip-link" href="#content">
        {words.skipToContent}
      </a>
      <Navigation me={me} />
      <KeyList />
      <GoKeys me={me} />
      <PlaceKeys />
      <PaletteDoor />
      <div className="shell-body">
        {converses && <ConnectionBar />}
        <Outlet />
      </div>
      <UndoToast />
    </div>
  );
}
