import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { ConversationView, EndedView } from './conversation-view.js';
import { LeavingNotice } from './leaving-notice.js';
import { NoticeView, RefusedView } from './notice-view.js';
import { SessionContext, usePanelState, useSession, useWords } from './panel-context.js';
import { PanelHeader } from './panel-header.js';
import type { PanelSession } from './panel-session.js';
import { businessName, type PanelState, type Screen } from './panel-state.js';
import { PrivacyView } from './policy-view.js';
import { WithdrawnView } from './withdrawn-view.js';
import { YourDataView } from './your-data-view.js';

export function App({ session }: { readonly session: PanelSession }): JSX.Element {
  return (
    <SessionContext.Provider value={session}>
      <Panel />
    </SessionContext.Provider>
  );
}

function Panel(): JSX.Element {
  const state = usePanelState();
  const { screen, page, chat, locale, settings, leaving } = state;
  const words = useWords();
  const name = businessName(state);
  useTheme(state);
  useReturnedFocus(page !== undefined);
  useEffect(() => {
    document.documentElement.lang = locale;
    const unread = chat.unread > 0 ? `(${chat.unread}) ` : '';
    if (settings) document.title = unread + words.dialogName(name);
  }, [locale, settings, words, name, chat.unread]);
  return (
    <div
      class="screen"
      data-screen="widget"
      data-state={screen === 'conversation' ? `${screen}-${chat.line}` : screen}
      data-page={page}
    >
      {page === 'choices' ? <YourDataView /> : null}
      {page === 'policy' ? <PrivacyView /> : null}
      <div class="screen" hidden={page !== undefined}>
        <CurrentScreen screen={screen} />
      </div>
      {leaving ? <LeavingNotice link={leaving} /> : null}
    </div>
  );
}

/** A closed page gives the focus back to what opened it. */
function useReturnedFocus(open: boolean): void {
  const session = useSession();
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && !open) session.returnFocus();
    wasOpen.current = open;
  }, [open, session]);
}

function CurrentScreen({ screen }: { readonly screen: Screen }): JSX.Element {
  const words = useWords();
  if (screen === 'notice') return <NoticeView />;
  if (screen === 'refused') return <RefusedView />;
  if (screen === 'conversation') return <ConversationView />;
  if (screen === 'withdrawn') return <WithdrawnView />;
  if (screen === 'ended') return <EndedView />;
  return (
    <>
      <PanelHeader />
      <main class="centred">
        <p class="late" role="status">
          {words.loading}
        </p>
      </main>
    </>
  );
}

/** Brand colours were computed when the inbox was saved; the panel only chooses between light and dark. */
function useTheme({ settings, forcedTheme }: PanelState): void {
  useEffect(() => {
    const root = document.documentElement;
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const apply = () => {
      const mode = forcedTheme ?? settings?.theme.mode ?? 'auto';
      root.dataset.theme = mode === 'auto' ? (dark.matches ? 'dark' : 'light') : mode;
    };
    apply();
    dark.addEventListener('change', apply);
    if (settings) {
      root.style.setProperty('--cw-brand', settings.theme.brand);
      root.style.setProperty('--cw-on-brand', settings.theme.onBrand);
      root.style.setProperty('--cw-brand-text-light', settings.theme.brandText);
      if (settings.theme.brandTextDark) root.style.setProperty('--cw-brand-text-dark', settings.theme.brandTextDark);
    }
    return () => dark.removeEventListener('change', apply);
  }, [settings, forcedTheme]);
}
