import type { JSX } from 'preact';
import { usePanelState, useSession, useWords } from './panel-context.js';
import { PanelHeader } from './panel-header.js';
import { phoneText, timeText } from './text-format.js';

/** After the consent to the conversation was withdrawn: what happens when, and the way back until then. */
export function WithdrawnView(): JSX.Element {
  const words = useWords();
  const session = useSession();
  const { chat, choices, locale, settings } = usePanelState();
  const at = choices.list?.erasureAt ?? null;
  const waiting = chat.messages.some(({ state }) => state === 'sending');
  return (
    <>
      <PanelHeader />
      <main class="centred">
        <div role="status">
          <p class="statement">{words.withdrawnTitle}</p>
          <p>{words.withdrawnText}</p>
          {at === null ? null : <p>{words.erasedBy(timeText(at, Date.now(), locale))}</p>}
        </div>
        {waiting ? <p>{words.textKept}</p> : null}
        {settings?.phone ? <p>{words.callInstead(phoneText(settings.phone))}</p> : null}
        <button type="button" class="outline" onClick={() => session.askAgain()}>
          {words.agreeAgain}
        </button>
      </main>
    </>
  );
}
