import type { ConversationView } from '@libs/contracts';
import { useNavigate } from '@tanstack/react-router';
import { toggleLayout } from '../device/preferences.js';
import { useKeys } from '../live/keys.js';
import { useMe } from '../session/session.js';
import { useOtherPlaceWords, usePlaceWords } from './words/use-place-words.js';

type SetDetails = (open: boolean) => void;

/** The way in; on a phone it lies in a menu. None is shown where the column stands beside the conversation. */
const detailsButton = () =>
  [...document.querySelectorAll<HTMLElement>('.details-button, .more-button')].find((one) => one.checkVisibility());

/** Whoever closes the sheet is where they opened it. */
export function closeDetails(setDetails: SetDetails): void {
  setDetails(false);
  detailsButton()?.focus();
}

/** Folds the details, leaves them, leaves the conversation. */
export function usePaneKeys(view: ConversationView, details: boolean, setDetails: SetDetails): void {
  const words = usePlaceWords();
  const other = useOtherPlaceWords();
  const toList = useToList(view);
  const fold = () => {
    // Where there is no room for the column it is a sheet with a button of its own.
    if (!detailsButton()) return toggleLayout('foldedPanel');
    if (details) closeDetails(setDetails);
    else setDetails(true);
  };
  useKeys({
    ']': { does: words.foldPanel, also: other.foldPanel, run: fold },
    Escape: { does: words.backToList, run: () => (details ? closeDetails(setDetails) : toList()), moves: true },
  });
}

/** To the row of the open conversation; where only one of the two is shown, to the page of the list. */
function useToList(view: ConversationView): () => unknown {
  const me = useMe();
  const navigate = useNavigate();
  return () => {
    const list = document.querySelector<HTMLElement>('.list-column');
    // In the list already: Escape is not ours.
    if (list?.contains(document.activeElement)) return false;
    if (list?.checkVisibility()) {
      const row = list.querySelector<HTMLElement>('a.row[aria-current]') ?? list.querySelector<HTMLElement>('a.row');
      return row?.focus();
    }
    return void navigate({
      to: '/w/$slug/conversations/$view',
      params: { slug: me.tenant.slug, view },
    });
  };
}
