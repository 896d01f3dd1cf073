import type { ConversationView } from '@libs/contracts';
import { useNavigate } from '@tanstack/react-router';
import { useMe } from '../session/session.js';

/** The conversation before or after one in the list beside it, in the order that stands on the screen. */
export function neighbourOf(id: string, by: 1 | -1): string | undefined {
  const ids = [...document.querySelectorAll<HTMLElement>('.list-column a[data-conversation]')].map(
    (row) => row.dataset.conversation!,
  );
  const at = ids.indexOf(id);
  if (at >= 0) return ids[at + by];
  return by === 1 ? ids[0] : ids.at(-1);
}

/** Leads to another conversation of the same view. */
export function useGoTo(view: ConversationView): (conversationId: string) => void {
  const me = useMe();
  const navigate = useNavigate();
  return (conversationId) =>
    void navigate({
      to: '/w/$slug/conversations/$view/$conversationId',
      params: { slug: me.tenant.slug, view, conversationId },
    });
}
