import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from './icons.js';
import { usePanelState, useSession, useWords } from './panel-context.js';
import { PanelMenu } from './panel-menu.js';
import { businessName } from './panel-state.js';

interface HeaderProps {
  readonly title?: string;
  readonly line?: string | undefined;
  readonly onBack?: () => void;
}

/** Heading of every screen; focus comes here when the panel is opened or the screen changes. */
export function PanelHeader({ title, line, onBack }: HeaderProps): JSX.Element {
  const session = useSession();
  const words = useWords();
  const state = usePanelState();
  const { settings, shownTimes } = state;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (shownTimes > 0) heading.current?.focus();
  }, [shownTimes]);
  const name = businessName(state);
  return (
    <header class="header">
      {onBack ? (
        <button type="button" class="icon-button" aria-label={words.back} onClick={onBack}>
          <Icon name="back" />
        </button>
      ) : (
        <span class="mark" aria-hidden="true">
          {[...name][0]}
        </span>
      )}
      <div class="header-text">
        <h1 ref={heading} tabIndex={-1} dir="auto">
          {title ?? name}
        </h1>
        {line ? <p class="meta">{line}</p> : null}
      </div>
      {onBack || !settings ? null : <PanelMenu />}
      <button type="button" class="icon-button" aria-label={words.close} onClick={() => session.close()}>
        <Icon name="close" />
      </button>
    </header>
  );
}
