import { Outlet, useNavigate } from '@tanstack/react-router';
import { useEffect, useSyncExternalStore } from 'react';
import { useLayout } from '../device/preferences.js';
import { startLive } from '../live/live-session.js';
import { PaletteDoor } from '../palette/palette-door.js';
import { usePreferenceSync } from '../preferences/own-preferences.js';
import { homeOf, rights } from '../session/rights.js';
import { askWhoAmI, queryClient, sessionEnded, stepOwed, useMe } from '../session/session.js';
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
  const ended = useSyncExternalStore(sessionEnded.subscribe, sessionEnded.get);
  const owed = useSyncExternalStore(stepOwed.subscribe, stepOwed.get);
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
    if (!owed) return;
    stepOwed.set(false);
    void askWhoAmI().then((now) => navigate({ to: homeOf(now), replace: true }));
  }, [owed, navigate]);
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
