import type { AgentItem, Mention } from '@libs/contracts';
import { heldConversation } from '../conversations/conversation-queries.js';
import { line } from '../live/live-session.js';
import { ownPreferences } from '../preferences/own-preferences.js';
import { isQuiet, minuteOf } from '../preferences/quiet-hours.js';
import { api, workApi } from '../session/api.js';
import { queryClient } from '../session/session.js';
import { showOnDesktop } from './desktop.js';
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
  const herald: Herald = new Herald({
    tabs: new BrowserTabs((key) => herald.heard(key)),
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
  const tell = (notice: Notice) => {
    const ways = ownPreferences().notify[notice.kind];
    if (!watches(notice.conversationId) && ways.includes('centre')) noticeBoard.add(notice);
    void herald.announce(notice, ways);
  };
  const mine = (id: string) => heldConversation(queryClient, id)?.assigneeId === screen.memberId;
  const stops = [
    line.listen({
      item: (item) => hear(item, { memberId: screen.memberId, mine: mine(item.conversationId) }, tell),
      conversation: (id) => mine(id) && void lookAfter(id, screen.memberId, tell),
      mention: () => void hearMentions(tell),
    }),
    unlockSound(),
  ];
  void fill();
  return () => {
    for (const stop of stops) stop();
    noticeBoard.clear();
  };
}

function hear(item: AgentItem, reader: { memberId: string; mine: boolean }, tell: (notice: Notice) => void): void {
  // Nothing of an erased conversation stays, not even that there was news.
  if (item.kind === 'erased') noticeBoard.drop(item.conversationId);
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
async function fill(): Promise<void> {
  const [rows, mentions] = await Promise.allSettled([readMine(), workApi.mentions()]);
  const { notify } = ownPreferences();
  if (rows.status === 'fulfilled' && notify.message.includes('centre')) {
    for (const { id, seq, lastAt, unread } of rows.value) {
      if (!watches(id)) {
        noticeBoard.add({ kind: 'message', conversationId: id, key: `${id}:unread:${seq}`, at: lastAt }, unread);
      }
    }
  }
  if (mentions.status === 'fulfilled' && notify.mention.includes('centre')) {
    for (const mention of mentions.value.items) if (!mention.read) noticeBoard.add(mentioned(mention));
  }
}

function mentioned({ conversationId, revision, at }: Mention): Notice {
  return { kind: 'mention', conversationId, key: `${conversationId}:${revision}:mention`, at };
}

async function hearMentions(tell: (notice: Notice) => void): Promise<void> {
  const { items } = await workApi.mentions();
  void queryClient.invalidateQueries({ queryKey: ['mentions'] });
  const [latest] = items.filter(({ read }) => !read);
  if (!latest) return;
  tell(mentioned(latest));
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
