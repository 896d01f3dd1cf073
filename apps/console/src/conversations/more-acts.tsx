import { EllipsisOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import './more-acts.css';
import { usePlaceWords } from './words/use-place-words.js';

const MENU = 'conversation-more';

/** On a phone: the acts that the bar has no room for. */
export function MoreActs({ children }: { readonly children: ReactNode }) {
  const words = usePlaceWords();
  return (
    <>
      <button
        type="button"
        className="more-button"
        popoverTarget={MENU}
        aria-label={words.moreActs}
        title={words.moreActs}
      >
        <EllipsisOutlined aria-hidden />
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: it hears the clicks of the buttons in it, which keys make too */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: see above */}
      <div id={MENU} popover="auto" className="raised more-acts" onClick={leave}>
        {children}
      </div>
    </>
  );
}

/** Whatever is chosen, the menu has done its work. */
function leave(): void {
  document.getElementById(MENU)?.hidePopover();
}
