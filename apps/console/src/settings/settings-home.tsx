import { Navigate } from '@tanstack/react-router';
import { rights } from '../session/rights.js';
import { useMe } from '../session/session.js';
import { Page } from '../shell/page.js';
import { useNarrow } from '../shell/use-narrow.js';
import { useSettingsWords } from '../words/settings/use-settings-words.js';
import { SettingsNavigation } from './settings-frame.js';

/** The list of sections on a phone; where there is room for both, the first page beside it. */
export function SettingsHome() {
  const words = useSettingsWords();
  const me = useMe();
  const params = { slug: me.tenant.slug };
  if (useNarrow()) {
    return (
      <Page screen="settings" state="ready" title={words.settings}>
        <SettingsNavigation />
      </Page>
    );
  }
  const to = rights.members(me.role) ? '/w/$slug/settings/members' : '/w/$slug/settings/me/profile';
  return <Navigate to={to} params={params} replace />;
}
