import { type Me, NOTIFICATION_KINDS } from '@libs/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useSyncExternalStore } from 'react';
import { heldConversation } from '../conversations/conversation-queries.js';
import { useNow } from '../live/use-now.js';
import { useOwnPreferences } from '../preferences/own-preferences.js';
import { clockOf, isQuiet, minuteOf } from '../preferences/quiet-hours.js';
import { useAroundWords } from '../words/around/use-around-words.js';
import { exactTime, relativeTime } from '../words/format.js';
import { useWords } from '../words/use-words.js';
import { askForDesktop, desktopPermission } from './desktop.js';
import type { NoticeGroup } from './notice-board.js';
import { noticeBoard } from './notifications.js';

interface PanelProps {
  readonly me: Me;
  readonly groups: readonly NoticeGroup[];
}

export const BELL_PANEL = 'bell-panel';

function close(): void {
  document.getElementById(BELL_PANEL)?.hidePopover();
}

/** What happened meanwhile, by conversation; and where one says how loud it may be. */
export function BellPanel({ me, groups }: PanelProps) {
  const words = useAroundWords();
  return (
    <section id={BELL_PANEL} popover="auto" className="raised bell-panel" aria-labelledby="bell-title">
      <div className="bell-head">
        <h2 id="bell-title">{words.notifications}</h2>
        {groups.length > 0 && (
          <button type="button" className="text-button" onClick={() => noticeBoard.clear()}>
            {words.allSeen}
          </button>
        )}
      </div>
      {groups.length === 0 ? (
        <p className="bell-empty">{words.noNews}</p>
      ) : (
        <ul className="bell-list">
          {groups.map((group) => (
            <Group key={group.conversationId} group={group} slug={me.tenant.slug} />
          ))}
        </ul>
      )}
      <BellFoot slug={me.tenant.slug} />
    </section>
  );
}

function Group({ group, slug }: { readonly group: NoticeGroup; readonly slug: string }) {
  const words = useAroundWords();
  const screen = useWords();
  const now = useNow();
  const row = heldConversation(useQueryClient(), group.conversationId);
  const news = NOTIFICATION_KINDS.flatMap((kind) => {
    const count = group.counts[kind];
    return count === undefined ? [] : [words.news[kind](count)];
  });
  return (
    <li>
      <Link
        to="/w/$slug/conversations/$view/$conversationId"
        params={{ slug, view: group.counts['handed-over'] ? 'all' : 'mine', conversationId: group.conversationId }}
        className="bell-row"
        onClick={close}
      >
        <span className="bell-record">
          <span>{row ? screen.visitor(row.handle) : words.aConversation}</span>
          <time
            className="meta"
            dateTime={new Date(group.at).toISOString()}
            title={exactTime(group.at, now, screen.locale)}
          >
            {relativeTime(group.at, now, screen.locale, screen)}
          </time>
        </span>
        <span>{news.join(words.between)}</span>
        {row && (
          <span className="meta">
            <bdi>{row.inboxName}</bdi>
          </span>
        )}
      </Link>
    </li>
  );
}

/** Desktop notifications are asked for here and nowhere else, by a press. */
function BellFoot({ slug }: { readonly slug: string }) {
  const words = useAroundWords();
  const permission = useSyncExternalStore(desktopPermission.subscribe, desktopPermission.get);
  const { quietHours } = useOwnPreferences();
  const minute = minuteOf(new Date(useNow()));
  return (
    <div className="bell-foot">
      {quietHours !== null && isQuiet(quietHours, minute) && (
        <p className="meta">{words.quietUntil(clockOf(quietHours.to))}</p>
      )}
      {permission === 'default' && (
        <button type="button" className="text-button" onClick={() => void askForDesktop()}>
          {words.desktopOn}
        </button>
      )}
      {permission === 'granted' && <p className="meta">{words.desktopIsOn}</p>}
      {permission === 'denied' && <p className="meta">{words.desktopDenied}</p>}
      <Link to="/w/$slug/settings/me/preferences" params={{ slug }} className="text-button" onClick={close}>
        {words.notificationSettings}
      </Link>
    </div>
  );
}
