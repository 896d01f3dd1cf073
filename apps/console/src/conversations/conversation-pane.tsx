import type { ConversationSummary, ConversationView } from '@libs/contracts';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState, useSyncExternalStore } from 'react';
import { useLayout } from '../device/preferences.js';
import { rooms } from '../live/live-session.js';
import { LiveViewBar } from '../live-view/live-view-bar.js';
import { useMe } from '../session/session.js';
import { SlowLine } from '../shell/loading.js';
import { errorText } from '../words/error-text.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import { useWords } from '../words/use-words.js';
import { ActFailure } from './act-failure.js';
import { ClosedComposer } from './closed-composer.js';
import { Composer } from './composer.js';
import { ContactColumn } from './contact-panel.js';
import { type Act, useConversationAct } from './conversation-acts.js';
import { ConversationHeader } from './conversation-header.js';
import { isMissing, useConversation } from './conversation-queries.js';
import { MessageLog } from './message-log.js';
import { useHandOver } from './use-hand-over.js';
import { closeDetails, usePaneKeys } from './use-pane-keys.js';
import { useRoom } from './use-room.js';

interface PaneProps {
  readonly id: string;
  readonly view: ConversationView;
}

export function ConversationPane(props: PaneProps) {
  const erased = useSyncExternalStore(rooms.erased.subscribe, rooms.erased.get);
  return erased.has(props.id) ? <Erased view={props.view} /> : <PresentConversation {...props} />;
}

function PresentConversation({ id, view }: PaneProps) {
  const query = useConversation(id);
  const act = useConversationAct(id);
  // A row that left my scope (a lost race) must not stay readable from the cache.
  const gone = isMissing(query.error);
  if (query.data && !gone) return <OpenConversation row={query.data} view={view} act={act} />;
  if (query.isError) return <Absent view={view} act={act} error={query.error} retry={() => query.refetch()} />;
  return <Outline />;
}

/** Header, messages and the place to write, before anything of them is known. */
function Outline() {
  return (
    <div className="conversation" data-screen="conversation" data-state="loading" aria-busy="true">
      <div className="conversation-header conversation-outline-header" aria-hidden>
        <span className="skeleton" />
      </div>
      <div className="log" aria-hidden>
        <div className="log-skeleton">
          <span className="skeleton" />
          <span className="skeleton skeleton-own" />
          <span className="skeleton" />
        </div>
      </div>
      <SlowLine />
      <div className="conversation-outline-composer" aria-hidden>
        <span className="skeleton" />
      </div>
    </div>
  );
}

/** What stays of a conversation whose person was erased while one had it open. */
function Erased({ view }: Pick<PaneProps, 'view'>) {
  const personal = usePersonalWords();
  return (
    <div className="absent" data-screen="conversation" data-state="erased">
      <p role="status">{personal.conversationErased}</p>
      <ToConversations view={view} />
    </div>
  );
}

function ToConversations({ view }: Pick<PaneProps, 'view'>) {
  const words = useWords();
  const { slug } = useMe().tenant;
  return (
    <Link to="/w/$slug/conversations/$view" params={{ slug, view }}>
      {words.toConversations}
    </Link>
  );
}

interface AbsentProps {
  readonly view: ConversationView;
  readonly act: Act;
  readonly error: Error;
  readonly retry: () => void;
}

function Absent({ view, act, error, retry }: AbsentProps) {
  const words = useWords();
  const missing = isMissing(error);
  return (
    <div className="absent" data-screen="conversation" data-state={missing ? 'not-found' : 'error'}>
      {act.isError ? <ActFailure error={act.error} /> : <p role="alert">{errorText(error, words)}</p>}
      {missing ? <ToConversations view={view} /> : <Button onClick={retry}>{words.retry}</Button>}
    </div>
  );
}

interface OpenProps {
  readonly row: ConversationSummary;
  readonly view: ConversationView;
  readonly act: Act;
}

function OpenConversation({ row, view, act }: OpenProps) {
  const words = useWords();
  const [details, setDetails] = useState(false);
  const handOver = useHandOver(row);
  // While a take is only hoped for, nothing is fetched that a lost race would forbid.
  const known = row.preview !== undefined || row.withheld !== undefined;
  const readable = known || (row.assigneeId !== null && !act.isPending && !handOver.isPending);
  const { room, snapshot } = useRoom(row, readable);
  const pastLoading = snapshot.status === 'ready' || snapshot.status === 'failed';
  usePaneKeys(view, details, setDetails);
  const { foldedPanel: folded } = useLayout();
  return (
    <div className="with-panel" data-panel={folded ? 'folded' : undefined}>
      <section
        className="conversation"
        aria-label={words.visitor(row.handle)}
        data-screen="conversation"
        data-state={readable ? (pastLoading ? snapshot.status : 'loading') : 'headline'}
      >
        <ConversationHeader
          row={row}
          view={view}
          act={act}
          handOver={handOver}
          onDetails={() => setDetails(!details)}
        />
        <LiveViewBar row={row} />
        {act.isError && <ActFailure error={act.error} row={row} />}
        {handOver.isError && <ActFailure error={handOver.error} row={row} />}
        {readable ? (
          <MessageLog row={row} room={room} snapshot={snapshot} act={act} />
        ) : (
          <p className="headline-only">{words.takeToRead}</p>
        )}
        {readable &&
          (row.withheld === undefined || row.withheld === 'no-permission' ? (
            <Composer row={row} room={room} snapshot={snapshot} act={act} />
          ) : (
            <ClosedComposer reason={row.withheld} />
          ))}
      </section>
      <ContactColumn row={row} readable={readable} open={details} onClose={() => closeDetails(setDetails)} />
    </div>
  );
}
