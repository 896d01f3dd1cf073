import { useOtherPlaceWords, usePlaceWords } from '../conversations/words/use-place-words.js';
import { toggleLayout } from '../device/preferences.js';
import { useKeys } from '../live/keys.js';
import { goToRegion } from './regions.js';

/** Keys that move through the screen itself. */
export function PlaceKeys() {
  const words = usePlaceWords();
  const other = useOtherPlaceWords();
  useKeys(
    {
      '[': { does: words.foldNav, also: other.foldNav, run: () => toggleLayout('foldedNav') },
      F6: { does: words.nextRegion, run: () => goToRegion(1), moves: true },
      'Shift+F6': () => goToRegion(-1),
    },
    'everywhere',
  );
  return null;
}
