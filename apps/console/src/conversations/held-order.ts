import type { ConversationSummary } from '@libs/contracts';

/**
 * While somebody's pointer or focus rests on the list, its rows keep their places and newcomers wait behind a pill;
 * what the rows say is always fresh.
 */
export function holdOrder(
  shown: readonly string[],
  fresh: readonly ConversationSummary[],
): { readonly rows: readonly ConversationSummary[]; readonly waiting: number } {
  const byId = new Map(fresh.map((row) => [row.id, row]));
  const rows = shown.flatMap((id) => byId.get(id) ?? []);
  const held = new Set(shown);
  // Rows older than everything shown are a further page, not newcomers.
  const lastShown = fresh.findLastIndex((row) => held.has(row.id));
  const newcomers = fresh.filter((row, at) => !held.has(row.id) && at < lastShown);
  const further = fresh.filter((row, at) => !held.has(row.id) && at > lastShown);
  return { rows: [...rows, ...further], waiting: newcomers.length };
}
