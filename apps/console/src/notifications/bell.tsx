import { BellOutlined } from '@ant-design/icons';
import type { Me } from '@libs/contracts';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useSyncExternalStore } from 'react';
import { useAroundWords } from '../words/around/use-around-words.js';
import { BELL_PANEL, BellPanel } from './bell-panel.js';
import { noticeBoard, startNotifications } from './notifications.js';
import { useIconDot, useUnreadNews } from './unread-mine.js';
import './bell.css';

function useGroups() {
  return useSyncExternalStore(noticeBoard.groups.subscribe, noticeBoard.groups.get);
}

interface BellProps {
  /** Stands in a menu, which closes: the centre is no part of it. */
  readonly leave?: () => void;
}

/** Opens the centre; the bar and, on a phone, the menu of the account have one. */
export function BellButton({ leave }: BellProps) {
  const words = useAroundWords();
  const { length } = useGroups();
  const open = () => {
    leave?.();
    document.getElementById(BELL_PANEL)?.showPopover();
  };
  return (
    <button
      type="button"
      className="nav-item nav-bell"
      title={words.notifications}
      {...(leave ? { onClick: open } : { popoverTarget: BELL_PANEL })}
    >
      <BellOutlined aria-hidden />
      <span className="nav-text">{words.notifications}</span>
      {length > 0 && (
        <span className="nav-count">
          <span aria-hidden>{length}</span>
          <span className="visually-hidden">{words.newsCount(length)}</span>
        </span>
      )}
    </button>
  );
}

/** Says on a phone that the menu behind it has news. */
export function BellDot() {
  const words = useAroundWords();
  const { length } = useGroups();
  return length === 0 ? null : (
    <span className="bell-dot">
      <span className="visually-hidden">{words.newsCount(length)}</span>
    </span>
  );
}

/** Hears what happens while other things are looked at, and keeps it behind the bell. */
export function BellCentre({ me }: { readonly me: Me }) {
  useNews(me);
  return <BellPanel me={me} groups={useGroups()} />;
}

function useNews(me: Me): void {
  const words = useAroundWords();
  const navigate = useNavigate();
  const path = useLocation({ select: ({ pathname }) => pathname });
  useUnreadNews(path);
  useIconDot();
  useEffect(() => {
    const seen = () => document.hasFocus() && noticeBoard.drop(path.split('/').at(-1) ?? '');
    seen();
    window.addEventListener('focus', seen);
    return () => window.removeEventListener('focus', seen);
  }, [path]);
  const { memberId } = me;
  const { slug } = me.tenant;
  useEffect(
    () =>
      startNotifications({
        memberId,
        kindText: ({ kind }) => words.news[kind](1),
        open: (id) => void navigate({ href: `/w/${slug}/conversations/mine/${id}` }),
      }),
    [memberId, slug, words, navigate],
  );
}
