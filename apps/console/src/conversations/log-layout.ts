import type { AgentItem } from '@libs/contracts';

export type SpokenItem = Extract<AgentItem, { readonly kind: 'message' | 'note' }>;
export type ActivityItem = Exclude<AgentItem, SpokenItem>;

/** visitor: left; own: right; note: right on amber. A colleague's public reply stands on our side too. */
export type Side = 'visitor' | 'own' | 'note';

export type LogBlock =
  | { readonly type: 'day'; readonly key: string; readonly at: number }
  | { readonly type: 'unread'; readonly key: string }
  | { readonly type: 'activity'; readonly key: string; readonly item: ActivityItem }
  | { readonly type: 'group'; readonly key: string; readonly side: Side; readonly items: readonly SpokenItem[] };

const GROUP_MS = 5 * 60_000;

function sideOf(item: SpokenItem): Side {
  if (item.kind === 'note') return 'note';
  return item.author.kind === 'visitor' ? 'visitor' : 'own';
}

function isSpoken(item: AgentItem): item is SpokenItem {
  return item.kind === 'message' || item.kind === 'note';
}

function belongs(block: LogBlock | undefined, item: SpokenItem): block is Extract<LogBlock, { type: 'group' }> {
  if (block?.type !== 'group' || block.side !== sideOf(item)) return false;
  const last = block.items.at(-1)!;
  return last.author.id === item.author.id && item.at - last.at < GROUP_MS;
}

/** Days, groups of one sender within five minutes, activity lines, and where the news begins. */
export function layOutLog(items: readonly AgentItem[], unreadFrom: number | null): readonly LogBlock[] {
  const blocks: LogBlock[] = [];
  let dayBefore = '';
  for (const item of items) {
    const day = new Date(item.at).toDateString();
    if (day !== dayBefore) blocks.push({ type: 'day', key: `day-${item.revision}`, at: item.at });
    dayBefore = day;
    if (item.revision === unreadFrom) blocks.push({ type: 'unread', key: 'unread' });
    const last = blocks.at(-1);
    if (!isSpoken(item)) {
      blocks.push({ type: 'activity', key: `r${item.revision}`, item });
    } else if (belongs(last, item)) {
      blocks[blocks.length - 1] = { ...last, items: [...last.items, item] };
    } else {
      blocks.push({ type: 'group', key: `r${item.revision}`, side: sideOf(item), items: [item] });
    }
  }
  return blocks;
}

/** Revision of the first of the last `unread` messages of the visitor. */
export function firstUnread(items: readonly AgentItem[], unread: number): number | null {
  if (unread <= 0) return null;
  const theirs = items.filter((item) => item.kind === 'message' && item.author.kind === 'visitor');
  return theirs.at(-unread)?.revision ?? theirs[0]?.revision ?? null;
}
