import { InboxOutlined, MessageOutlined, SettingOutlined, TeamOutlined } from '@ant-design/icons';
import type { ConversationView, Me } from '@libs/contracts';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useCount } from '../conversations/conversation-queries.js';
import { LanguageSwitch, ThemeSwitch } from '../device/device-switches.js';
import { forgetEverything } from '../live/live-session.js';
import { api } from '../session/api.js';
import { useWords } from '../words/use-words.js';
import { useLineState } from './connection-bar.js';

export function Navigation({ me }: { readonly me: Me }) {
  const words = useWords();
  return (
    <nav className="nav" aria-label={words.navigation}>
      <p className="nav-workspace" title={me.tenant.name}>
        <span className="nav-mark" aria-hidden>
          {me.tenant.name.slice(0, 1)}
        </span>
        <bdi className="nav-text">{me.tenant.name}</bdi>
      </p>
      <p className="nav-group meta">{words.conversations}</p>
      <ul className="nav-list">
        <NavItem me={me} view="mine" label={words.viewMine} icon={<MessageOutlined aria-hidden />} counted />
        <NavItem me={me} view="unassigned" label={words.viewUnassigned} icon={<InboxOutlined aria-hidden />} counted />
        <NavItem me={me} view="all" label={words.viewAll} icon={<TeamOutlined aria-hidden />} />
      </ul>
      <Account me={me} />
    </nav>
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
  const current = (params.view ?? 'mine') === view;
  return (
    <li>
      <Link
        to="/w/$slug/conversations/{-$view}/{-$conversationId}"
        params={{ slug: me.tenant.slug, view, conversationId: undefined }}
        className="nav-item"
        aria-current={current ? 'page' : undefined}
        title={label}
      >
        {icon}
        <span className="nav-text">{label}</span>
        {counted && <Count view={view} />}
      </Link>
    </li>
  );
}

function Count({ view }: { readonly view: ConversationView }) {
  const count = useCount(view);
  return count === '' ? null : <span className="nav-count">{count}</span>;
}

function Account({ me }: { readonly me: Me }) {
  const words = useWords();
  const state = useLineState();
  const up = state === 'online' || state === 'restored';
  const presence = up ? words.online : words.connecting;
  return (
    <div className="nav-account">
      <button type="button" className="nav-item" popoverTarget="account-menu" title={words.account}>
        <SettingOutlined aria-hidden className="nav-account-icon" />
        <span className="nav-person">
          <bdi className="nav-text">{me.displayName}</bdi>
          <span className="nav-presence meta">
            <span className={up ? 'presence presence-online' : 'presence'} aria-hidden />
            <span className="nav-text">{presence}</span>
          </span>
        </span>
        <span className="nav-more">{words.more}</span>
      </button>
      <AccountMenu />
    </div>
  );
}

function AccountMenu() {
  const words = useWords();
  const navigate = useNavigate();
  async function signOut(): Promise<void> {
    // Leaving works without a line too: this page forgets at once, the server's session ends when it hears of it.
    await api.signOut().catch(() => undefined);
    await navigate({ to: '/sign-in', replace: true });
    forgetEverything();
  }
  return (
    <div id="account-menu" popover="auto" className="account-menu">
      <p className="meta">{words.language}</p>
      <LanguageSwitch />
      <p className="meta">{words.theme}</p>
      <ThemeSwitch />
      <button type="button" className="account-out" onClick={signOut}>
        {words.signOut}
      </button>
    </div>
  );
}
