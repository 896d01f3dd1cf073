import type { JSX } from 'preact';
import { Composer } from './composer.js';
import { ConsentArea } from './consent-card.js';
import { MessageList } from './message-list.js';
import { usePanelState, useSession, useWords } from './panel-context.js';
import { PanelHeader } from './panel-header.js';
import { StatusBar } from './status-bar.js';
import { phoneText } from './text-format.js';
import type { AgentPacket } from './transport/link.js';
import { opensNothing } from './transport/refusals.js';
import type { Words } from './words.js';

export function ConversationView(): JSX.Element {
  const words = useWords();
  const session = useSession();
  const { chat } = usePanelState();
  return (
    <>
      <PanelHeader line={agentLine(words, chat.agent)} />
      <main class="talk">
        <StatusBar />
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

function agentLine(words: Words, agent: AgentPacket | null): string {
  if (!agent || agent.state === 'resolved') return words.waiting;
  if (agent.name) return words.serving(agent.name);
  return agent.state === 'queued' ? words.queued : words.waiting;
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
