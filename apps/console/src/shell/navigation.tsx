import {
  ContactsOutlined,
  DashboardOutlined,
  InboxOutlined,
  MessageOutlined,
  NotificationOutlined,
  RocketOutlined,
  SafetyOutlined,
  SearchOutlined,
  SettingOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import { type ConversationView, FIRST_STEPS, type Me } from '@libs/contracts';
import { Link, useLocation, useNavigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { AvailabilitySwitch, OwnAvailability } from '../availability/availability-switch.js';
import { useCount } from '../conversations/conversation-queries.js';
import { LanguageSwitch, ThemeSwitch } from '../device/device-switches.js';
import { SavedViewItems } from '../list-filters/saved-views.js';
import { useShownKey } from '../live/keys.js';
import { forgetEverything } from '../live/live-session.js';
import { BellButton, BellCentre, BellDot } from '../notifications/bell.js';
import { openPalette } from '../palette/palette-door.js';
import { MemberPicture } from '../pictures/member-picture.js';
import { useReportWords } from '../reports/words/use-report-words.js';
import { api } from '../session/api.js';
import { rights } from '../session/rights.js';
import { WorkspaceSwitch } from '../settings/workspace-switch.js';
import { useFirstRunEntry } from '../welcome/first-run.js';
import { useAroundWords, useWelcomeWords } from '../words/around/use-around-words.js';
import { useWords } from '../words/use-words.js';
import { useWritingWords } from '../words/writing/use-writing-words.js';
import { useMentions } from '../writing/use-mentions.js';
import { useLineState } from './connection-bar.js';

export function Navigation({ me }: { readonly me: Me }) {
  const words = useWords();
  return (
    <nav className="nav" aria-label={words.navigation}>
      <WorkspaceSwitch />
      <SearchEntry />
      {rights.converse(me.role) && <Conversing me={me} />}
      <p className="nav-group meta">{words.groupCustomers}</p>
      <ul className="nav-list">
        <PlaceItem me={me} to="/w/$slug/contacts" label={words.contacts} icon={<ContactsOutlined aria-hidden />} />
      </ul>
      {rights.desk(me.role) && (
        <>
          <p className="nav-group meta">{words.groupPrivacy}</p>
          <ul className={rights.converse(me.role) ? 'nav-list nav-roomy' : 'nav-list'}>
            <PlaceItem me={me} to="/w/$slug/privacy" label={words.privacyDesk} icon={<SafetyOutlined aria-hidden />} />
          </ul>
        </>
      )}
      {rights.watch(me.role) && <Reports me={me} />}
      <ul className="nav-list nav-list-end">
        <FirstSteps me={me} />
        {rights.converse(me.role) && (
          <li>
            <BellButton />
          </li>
        )}
        <PlaceItem me={me} to="/w/$slug/settings" label={words.settings} icon={<SettingOutlined aria-hidden />} />
      </ul>
      <Account me={me} />
      {rights.converse(me.role) && <BellCentre me={me} />}
    </nav>
  );
}

/** Opens the palette; its key stands beside the word where there is room. */
function SearchEntry() {
  const { search } = useAroundWords();
  const { text, ...aria } = useShownKey('Mod+K');
  return (
    <button
      type="button"
      className="nav-item nav-search"
      title={text === undefined ? search : `${search} (${text})`}
      aria-haspopup="dialog"
      onClick={openPalette}
      {...aria}
    >
      <SearchOutlined aria-hidden />
      <span className="nav-text">{search}</span>
      {text !== undefined && (
        <kbd className="nav-key" aria-hidden>
          {text}
        </kbd>
      )}
    </button>
  );
}

function Reports({ me }: { readonly me: Me }) {
  const words = useReportWords();
  return (
    <>
      <p className="nav-group meta">{words.group}</p>
      <ul className="nav-list nav-roomy">
        <PlaceItem me={me} to="/w/$slug/reports/live" label={words.title} icon={<DashboardOutlined aria-hidden />} />
      </ul>
    </>
  );
}

/** While there is something left of the first steps. */
function FirstSteps({ me }: { readonly me: Me }) {
  const words = useWelcomeWords();
  const done = useFirstRunEntry(me);
  if (done === undefined) return null;
  return (
    <li>
      <Link to="/w/$slug/welcome" params={{ slug: me.tenant.slug }} className="nav-item" title={words.title}>
        <RocketOutlined aria-hidden />
        <span className="nav-text">{words.title}</span>
        <span className="nav-count">
          {done}/{FIRST_STEPS.length}
        </span>
      </Link>
    </li>
  );
}

function Conversing({ me }: { readonly me: Me }) {
  const words = useWords();
  const writing = useWritingWords();
  return (
    <>
      <p className="nav-group meta">{words.conversations}</p>
      <ul className="nav-list nav-list-views">
        <NavItem me={me} view="mine" label={words.viewMine} icon={<MessageOutlined aria-hidden />} counted />
        <NavItem me={me} view="unassigned" label={words.viewUnassigned} icon={<InboxOutlined aria-hidden />} counted />
        <NavItem me={me} view="all" label={words.viewAll} icon={<TeamOutlined aria-hidden />} />
        <NavItem
          me={me}
          view="mentions"
          label={writing.viewMentions}
          icon={<NotificationOutlined aria-hidden />}
          counted
        />
      </ul>
      <SavedViewItems me={me} />
    </>
  );
}

interface PlaceProps {
  readonly me: Me;
  readonly to:
    | '/w/$slug/contacts'
    | '/w/$slug/privacy'
    | '/w/$slug/reports/live'
    | '/w/$slug/settings'
    | '/w/$slug/welcome';
  readonly label: string;
  readonly icon: ReactNode;
}

/** A place with pages below it: the link stays marked on all of them. */
function PlaceItem({ me, to, label, icon }: PlaceProps) {
  const { slug } = me.tenant;
  return (
    <li>
      <Link to={to} params={{ slug }} className="nav-item" title={label}>
        {icon}
        <span className="nav-text">{label}</span>
      </Link>
    </li>
  );
}

interface NavItemProps {
  readonly me: Me;
  readonly view: ConversationView;
  readonly label: string;
  readonly icon: ReactNode;
  readonly counted?: boolean;
}

function NavItem({ me, view, label, icon, counted = false }: NavItemProps) {
  const params = useParams({ strict: false });
  const here = useLocation({ select: ({ pathname }) => pathname.startsWith(`/w/${me.tenant.slug}/conversations`) });
  const current = here && (params.view ?? 'mine') === view;
  return (
    <li>
      <Link
        to="/w/$slug/conversations/$view"
        params={{ slug: me.tenant.slug, view }}
        className="nav-item"
        aria-current={current ? 'page' : undefined}
        title={label}
      >
        {icon}
        <span className="nav-text">{label}</span>
        {counted && (view === 'mentions' ? <MentionCount /> : <Count view={view} />)}
      </Link>
    </li>
  );
}

function Count({ view }: { readonly view: ConversationView }) {
  const count = useCount(view);
  return count === '' ? null : <span className="nav-count">{count}</span>;
}

/** Notes that name me and that I have not read. */
function MentionCount() {
  const unread = useMentions().data?.unread ?? 0;
  return unread === 0 ? null : <span className="nav-count">{unread}</span>;
}

function Account({ me }: { readonly me: Me }) {
  const words = useWords();
  return (
    <div className="nav-account">
      <button type="button" className="nav-item" popoverTarget="account-menu" title={words.account}>
        <MemberPicture memberId={me.memberId} name={me.displayName} />
        {rights.converse(me.role) && <BellDot />}
        <span className="nav-person">
          <bdi className="nav-text">{me.displayName}</bdi>
          {rights.converse(me.role) && <Presence />}
        </span>
        <span className="nav-more">{words.more}</span>
      </button>
      <AccountMenu me={me} />
    </div>
  );
}

function Presence() {
  const words = useWords();
  const state = useLineState();
  if (state === 'online' || state === 'restored') return <OwnAvailability />;
  return (
    <span className="nav-presence meta">
      <span className="presence" aria-hidden />
      <span className="nav-text">{words.connecting}</span>
    </span>
  );
}

function AccountMenu({ me }: { readonly me: Me }) {
  const words = useWords();
  const navigate = useNavigate();
  async function signOut(): Promise<void> {
    // Leaving works without a line too: this page forgets at once, the server's session ends when it hears of it.
    await api.signOut().catch(() => undefined);
    await navigate({ to: '/sign-in', replace: true });
    forgetEverything();
  }
  return (
    <div id="account-menu" popover="auto" className="raised account-menu">
      <PhoneEntries me={me} />
      {rights.converse(me.role) && <AvailabilitySwitch />}
      {rights.converse(me.role) && <BellButton leave={closeMenu} />}
      <p className="meta">{words.language}</p>
      <LanguageSwitch />
      <p className="meta">{words.theme}</p>
      <ThemeSwitch />
      <Link to="/w/$slug/settings" params={{ slug: me.tenant.slug }} className="account-settings" onClick={closeMenu}>
        {words.settings}
      </Link>
      <button type="button" className="account-out" onClick={signOut}>
        {words.signOut}
      </button>
    </div>
  );
}

/** What the bar of a phone has no room for. */
function PhoneEntries({ me }: { readonly me: Me }) {
  const words = useWords();
  const { search } = useAroundWords();
  const welcome = useWelcomeWords();
  const reports = useReportWords();
  const hasSteps = useFirstRunEntry(me) !== undefined;
  const openSearch = () => {
    closeMenu();
    openPalette();
  };
  return (
    <div className="account-phone">
      <WorkspaceSwitch leave={closeMenu} />
      <button type="button" className="account-entry" aria-haspopup="dialog" onClick={openSearch}>
        <SearchOutlined aria-hidden />
        {search}
      </button>
      {rights.converse(me.role) && rights.desk(me.role) && (
        <PhonePlace me={me} to="/w/$slug/privacy" label={words.privacyDesk} icon={<SafetyOutlined aria-hidden />} />
      )}
      {rights.watch(me.role) && (
        <PhonePlace me={me} to="/w/$slug/reports/live" label={reports.title} icon={<DashboardOutlined aria-hidden />} />
      )}
      {hasSteps && (
        <PhonePlace me={me} to="/w/$slug/welcome" label={welcome.title} icon={<RocketOutlined aria-hidden />} />
      )}
    </div>
  );
}

function PhonePlace({ me, to, label, icon }: PlaceProps) {
  return (
    <Link to={to} params={{ slug: me.tenant.slug }} className="account-entry" onClick={closeMenu}>
      {icon}
      {label}
    </Link>
  );
}

/** A popover stays open over the page that it led to. */
function closeMenu(): void {
  document.getElementById('account-menu')?.hidePopover();
}
