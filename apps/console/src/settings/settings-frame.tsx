import { LeftOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { rights } from '../session/rights.js';
import { useMe } from '../session/session.js';
import { type FramedPageProps, Page } from '../shell/page.js';
import { useNarrow } from '../shell/use-narrow.js';
import { useSettingsWords } from '../words/settings/use-settings-words.js';
import './settings.css';

export const WORKSPACE = [
  { to: '/w/$slug/settings/members', word: 'members' },
  { to: '/w/$slug/settings/teams', word: 'teamsPage' },
  { to: '/w/$slug/settings/roles', word: 'rolesPage' },
  { to: '/w/$slug/settings/labels', word: 'labelsPage' },
  { to: '/w/$slug/settings/inboxes', word: 'inboxesPage' },
  { to: '/w/$slug/settings/business-hours', word: 'hoursPage' },
  { to: '/w/$slug/settings/workspace', word: 'workspacePage' },
  { to: '/w/$slug/settings/security', word: 'securityPage' },
] as const;

/** What a supervisor sees of it. */
export const SUPERVISED = [
  { to: '/w/$slug/settings/teams', word: 'teamsPage' },
  { to: '/w/$slug/settings/labels', word: 'labelsPage' },
] as const;

/** Whoever answers conversations. */
export const CONVERSING = [{ to: '/w/$slug/settings/canned-responses', word: 'cannedPage' }] as const;

export const PERSONAL = [
  { to: '/w/$slug/settings/me/profile', word: 'profilePage' },
  { to: '/w/$slug/settings/me/preferences', word: 'preferencesPage' },
  { to: '/w/$slug/settings/me/security', word: 'mySecurity' },
] as const;

interface SettingsPageProps extends FramedPageProps {
  /** The way back to the list that the page is one of; the way to all settings where it is of none. */
  readonly above?: ReactNode;
}

/** A page of the settings with the list of sections beside it; on a phone the list is a page of its own. */
export function SettingsPage({ above, ...props }: SettingsPageProps) {
  const words = useSettingsWords();
  const { slug } = useMe().tenant;
  const narrow = useNarrow();
  const back = narrow && (
    <Link to="/w/$slug/settings" params={{ slug }} className="back-link">
      <LeftOutlined aria-hidden />
      {words.backToSettings}
    </Link>
  );
  return (
    <div className="settings">
      {!narrow && <SettingsNavigation />}
      <Page {...props} above={above ?? back} />
    </div>
  );
}

export function SettingsNavigation() {
  const words = useSettingsWords();
  const me = useMe();
  return (
    <nav className="settings-nav" aria-label={words.settings}>
      {rights.members(me.role) && <Section title={words.groupWorkspace} places={WORKSPACE} slug={me.tenant.slug} />}
      {me.role === 'supervisor' && <Section title={words.groupWorkspace} places={SUPERVISED} slug={me.tenant.slug} />}
      {rights.converse(me.role) && <Section title={words.groupConversing} places={CONVERSING} slug={me.tenant.slug} />}
      <Section title={words.groupMe} places={PERSONAL} slug={me.tenant.slug} />
    </nav>
  );
}

interface SectionProps {
  readonly title: string;
  readonly places: typeof WORKSPACE | typeof SUPERVISED | typeof CONVERSING | typeof PERSONAL;
  readonly slug: string;
}

function Section({ title, places, slug }: SectionProps) {
  const words = useSettingsWords();
  return (
    <>
      <p className="meta settings-group">{title}</p>
      <ul>
        {places.map(({ to, word }) => (
          <li key={to}>
            <Link to={to} params={{ slug }}>
              {words[word]}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
