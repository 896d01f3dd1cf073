import type { JSX } from 'preact';
import { Icon } from './icons.js';
import { usePanelState, useWords } from './panel-context.js';

/** Stands above the messages for as long as somebody of the business reads along besides the agent. */
export function WatchedLine(): JSX.Element {
  const words = useWords();
  const { watched } = usePanelState().chat;
  return (
    <div role="status">
      {watched ? (
        <p class="bar watched">
          <Icon name="eye" />
          {words.watched}
        </p>
      ) : null}
    </div>
  );
}
