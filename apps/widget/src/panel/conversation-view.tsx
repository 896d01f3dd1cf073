import type { JSX } from 'preact';
import { awayUntil } from './business-hours.js';
import { Composer } from './composer.js';
import { ConsentArea } from './consent-card.js';
import { MessageList } from './message-list.js';
import { usePanelState, useSession, useWords } from './panel-context.js';
import { PanelHeader } from './panel-header.js';
import type { PanelState } from './panel-state.js';
import { StatusBar } from './status-bar.js';
import { phoneText, whenText } from './text-format.js';
import { opensNothing } from './transport/refusals.js';
import { WatchedLine } from './watched-line.js';
import type { Words } from './words.js';

export function ConversationView(): JSX.Element {
  const words = useWords();
  const session = useSession();
  const state = usePanelState();
  return (
    <>
      <PanelHeader line={agentLine(words, state)} />
      <main class="talk">
        <StatusBar />
        <WatchedLine />
        <MessageList />
        <ConsentArea />
        <Composer />
      </main>
      <footer class="foot">
        <button type="button" class="link quiet" onClick={() => session.open('choices')}>
          {words.yourData}
        </button>
      </footer>
    </>
  );
}

/** Who answers; else when somebody will, or how many come before. */
function agentLine(words: Words, { chat, settings, locale }: PanelState): string {
  const { agent, place } = chat;
  const open = agent?.state !== 'resolved';
  if (open && agent?.name) return words.serving(agent.name);
  const away = awayUntil(settings?.hours, Date.now());
  if (away !== undefined) return words.away(away ? whenText(away, locale) : '');
  if (place) return words.ahead(place - 1);
  return agent?.state === 'queued' ? words.queued : words.waiting;
}

/** Token revoked, person erased, or this visitor may not write here. */
export function EndedView(): JSX.Element {
  const session = useSession();
  const words = useWords();
  const { code, settings } = usePanelState();
  const ended = code !== undefined && opensNothing(code);
  return (
    <>
      <PanelHeader />
      <main class="centred">
        <p class="statement">{ended ? words.endedTitle : words.blockedTitle}</p>
        <p>{ended ? words.endedText : words.blockedText}</p>
        {settings?.phone ? <p>{words.callInstead(phoneText(settings.phone))}</p> : null}
        {ended ? (
          <button type="button" class="outline" onClick={() => session.startOver()}>
            {words.startOver}
          </button>
        ) : null}
      </main>
    </>
  );
}
