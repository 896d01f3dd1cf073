import type { AgentItem } from '@libs/contracts';
import { heldConversation } from '../conversations/conversation-queries.js';
import { line, rooms } from '../live/live-session.js';
import { ownPreferences } from '../preferences/own-preferences.js';
import { isQuiet, minuteOf } from '../preferences/quiet-hours.js';
import { api, workApi } from '../session/api.js';
import { queryClient } from '../session/session.js';
import { showOnDesktop } from './desktop.js';
import { HeardMentions } from './heard-mentions.js';
import { Herald } from './herald.js';
import { type Notice, noticeOf } from './notice.js';
import { NoticeBoard } from './notice-board.js';
import { BrowserTabs } from './tab-talk.js';
import { allowSound, playTone } from './tone.js';
import { readMine } from './unread-mine.js';

export const noticeBoard = new NoticeBoard();

/** What the start needs of the screen: words for the desktop and the way to a conversation. */
export interface NoticeScreen {
  readonly memberId: string;
  kindText(notice: Notice): string;
  open(conversationId: string): void;
}

const SETTLED_MS = 600;

function watches(conversationId: string): boolean {
  return document.hasFocus() && location.pathname.endsWith(`/${conversationId}`);
}

/** Listens while the member is here; the centre is emptied when they leave. */
export function startNotifications(screen: NoticeScreen): () => void {
  const tabs = new BrowserTabs((key) => herald.heard(key));
  const herald: Herald = new Herald({
    tabs,
    sound: () => ownPreferences().sounds && playTone(),
    desktop: (notice) => {
      const body = heldConversation(queryClient, notice.conversationId)?.inboxName ?? '';
      const { conversationId } = notice;
      showOnDesktop({
        title: screen.kindText(notice),
        body,
        conversationId,
        onOpen: () => screen.open(conversationId),
      });
    },
    watches,
    quiet: () => isQuiet(ownPreferences().quietHours, minuteOf(new Date())),
  });
  const leaving = new AbortController();
  const tell = (notice: Notice) => {
    if (leaving.signal.aborted) return;
    const ways = ownPreferences().notify[notice.kind];
    if (!watches(notice.conversationId) && ways.includes('centre')) noticeBoard.add(notice);
    void herald.announce(notice, ways);
  };
  const heard = new HeardMentions();
  // What waited already is no news: mentions are heard after it.
  const filled = fill(heard, leaving.signal);
  const mine = (id: string) => heldConversation(queryClient, id)?.assigneeId === screen.memberId;
  const stops = [
    line.listen({
      item: (item) => hear(item, { memberId: screen.memberId, mine: mine(item.conversationId) }, tell),
      conversation: (id) => mine(id) && void lookAfter(id, screen.memberId, tell),
      mention: () => void filled.then(() => hearMentions(heard, tell)),
    }),
    unlockSound(),
    () => herald.stop(),
    () => tabs.close(),
    rooms.erased.subscribe(() => {
      for (const id of rooms.erased.get()) noticeBoard.erase(id);
    }),
  ];
  return () => {
    leaving.abort();
    for (const stop of stops) stop();
    noticeBoard.clear();
  };
}

function hear(item: AgentItem, reader: { memberId: string; mine: boolean }, tell: (notice: Notice) => void): void {
  // Nothing of an erased conversation stays, not even that there was news.
  if (item.kind === 'erased') noticeBoard.erase(item.conversationId);
  const notice = noticeOf(item, reader);
  if (notice) tell(notice);
}

/** Whoever loses a conversation hears only that its row changed: who has it now says whether it was given away. */
async function lookAfter(id: string, memberId: string, tell: (notice: Notice) => void): Promise<void> {
  const before = heldConversation(queryClient, id);
  await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
  // What this page did itself is in its rows already.
  if (before === undefined || heldConversation(queryClient, id)?.assigneeId !== memberId) return;
  const now = await api.conversation(id).catch(() => undefined);
  if (now?.assigneeId === memberId) return;
  tell({ kind: 'handed-over', conversationId: id, key: `${id}:${before.revision}:given`, at: Date.now() });
}

/** What waited before this page was opened: shown in the centre, without a sound. */
async function fill(heard: HeardMentions, leaving: AbortSignal): Promise<void> {
  const [rows, mentions] = await Promise.allSettled([readMine(), workApi.mentions()]);
  if (leaving.aborted) return;
  const { notify } = ownPreferences();
  if (rows.status === 'fulfilled' && notify.message.includes('centre')) {
    for (const { id, seq, lastAt, unread } of rows.value) {
      if (!watches(id)) {
        noticeBoard.add({ kind: 'message', conversationId: id, key: `${id}:unread:${seq}`, at: lastAt }, unread);
      }
    }
  }
  const waiting = mentions.status === 'fulfilled' ? heard.take(mentions.value.items) : [];
  if (notify.mention.includes('centre')) for (const notice of waiting) noticeBoard.add(notice);
}

/** A line that is lost for a moment loses nothing: the next word of mentions, or the next look, brings them. */
async function hearMentions(heard: HeardMentions, tell: (notice: Notice) => void): Promise<void> {
  const answer = await workApi.mentions().catch(() => undefined);
  if (!answer) return;
  void queryClient.invalidateQueries({ queryKey: ['mentions'] });
  for (const notice of heard.fresh(answer.items)) tell(notice);
}

function unlockSound(): () => void {
  const first = () => {
    // Ctrl or Shift alone is a key, but no use of the page.
    if (!navigator.userActivation.hasBeenActive) return;
    allowSound();
    stop();
  };
  const stop = () => {
    document.removeEventListener('pointerdown', first);
    document.removeEventListener('keydown', first);
  };
  document.addEventListener('pointerdown', first);
  document.addEventListener('keydown', first);
  return stop;
}
