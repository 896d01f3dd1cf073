import { FullscreenExitOutlined } from '@ant-design/icons';
import { type CSSProperties, useEffect, useRef } from 'react';
import { useAvailabilityWords } from '../availability/words/use-availability-words.js';
import { usePreferences } from '../device/preferences.js';
import { useTabTitle } from '../notifications/unread-mine.js';
import { useMe } from '../session/session.js';
import { Failed, Loading } from '../shell/page.js';
import { DARK } from '../theme/tokens.js';
import { clockTime, countText, safeText } from '../words/format.js';
import { ToneMark } from './tone-mark.js';
import { type ReadBoard, type useLiveBoard, useSeconds } from './use-live-board.js';
import { useAwake, useLeaveWall } from './use-wall.js';
import { waitText } from './wait-text.js';
import { attendanceOf, byWait, toneSince } from './wall-figures.js';
import { useReportWords } from './words/use-report-words.js';
import '../availability/availability.css';
import './wall.css';

/** Dark also where the console follows a light system: only who chose light for this device has it light. */
const DARK_STYLE = Object.fromEntries(Object.entries(DARK).map(([name, value]) => [`--c-${name}`, value]));

interface WallProps {
  readonly query: ReturnType<typeof useLiveBoard>;
  readonly state: 'loading' | 'error' | 'ready';
}

/** The live board for a screen on a wall: figures that are read from across a room, and the name of nobody. */
export function LiveWall({ query, state }: WallProps) {
  const words = useReportWords();
  const { theme } = usePreferences();
  const heading = useRef<HTMLHeadingElement>(null);
  const leave = useLeaveWall();
  useAwake();
  useTabTitle(words.title);
  useEffect(() => heading.current?.focus(), []);
  return (
    <main
      id="content"
      className="wall"
      data-screen="live-board"
      data-state={state}
      data-wall={theme === 'light' ? 'light' : 'dark'}
      style={theme === 'light' ? undefined : (DARK_STYLE as CSSProperties)}
      tabIndex={-1}
    >
      <div className="wall-head">
        <h1 ref={heading} tabIndex={-1}>
          {words.title}
          <bdi className="wall-of">{safeText(useMe().tenant.name)}</bdi>
        </h1>
        <button type="button" className="wall-leave" onClick={leave}>
          <FullscreenExitOutlined aria-hidden />
          {words.leaveWall}
        </button>
      </div>
      {state === 'loading' && <Loading rows={4} />}
      {query.error && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.data && <Figures read={query.data} readAt={query.dataUpdatedAt} />}
    </main>
  );
}

function Figures({ read: { board, ahead }, readAt }: { readonly read: ReadBoard; readonly readAt: number }) {
  const words = useReportWords();
  const { locale } = usePreferences();
  const now = useSeconds() - ahead;
  const tone = toneSince(board.waitingSince, now);
  const { online } = attendanceOf(board.members);
  return (
    <>
      <dl className="wall-figures" aria-label={words.figures}>
        <Big name={words.waiting} value={countText(board.waiting, locale)} />
        <Big
          name={words.longest}
          value={board.waitingSince === null ? words.nobodyWaits : waitText(now - board.waitingSince, words)}
          tone={tone}
        />
        <Big name={words.open} value={countText(board.open, locale)} />
        <Big name={words.there} value={words.thereOf(online, board.members.length)} />
      </dl>
      <div className="wall-halves">
        <WallQueues queues={board.queues} now={now} />
        <WallMembers members={board.members} />
      </div>
      <p className="wall-as-of">{words.readAt(clockTime(readAt, locale))}</p>
    </>
  );
}

interface BigProps {
  readonly name: string;
  readonly value: string;
  readonly tone?: ReturnType<typeof toneSince>;
}

function Big({ name, value, tone = 'calm' }: BigProps) {
  return (
    <div className="wall-figure" data-tone={tone}>
      <dt>
        <ToneMark tone={tone} />
        {name}
      </dt>
      <dd>{value}</dd>
    </div>
  );
}

function WallQueues({ queues, now }: { readonly queues: ReadBoard['board']['queues']; readonly now: number }) {
  const words = useReportWords();
  const { locale } = usePreferences();
  return (
    <section className="wall-part" aria-label={words.queues}>
      <h2>{words.queues}</h2>
      {queues.length === 0 && <p>{words.noQueues}</p>}
      <ul>
        {byWait(queues).map(({ inboxId, name, waiting, waitingSince }) => (
          <li key={inboxId} data-queue={inboxId} data-tone={toneSince(waitingSince, now)}>
            <bdi className="wall-name">{safeText(name)}</bdi>
            <span className="wall-number">{words.waitingCount(countText(waiting, locale))}</span>
            <span className="wall-wait">
              {waitingSince === null ? words.nobodyWaits : waitText(now - waitingSince, words)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function WallMembers({ members }: { readonly members: ReadBoard['board']['members'] }) {
  const words = useReportWords();
  const { states } = useAvailabilityWords();
  const { locale } = usePreferences();
  const { full, ...counts } = attendanceOf(members);
  return (
    <section className="wall-part" aria-label={words.members}>
      <h2>{words.members}</h2>
      <ul>
        {(['online', 'busy', 'offline'] as const).map((state) => (
          <li key={state}>
            <span className={`presence presence-${state}`} aria-hidden />
            <span className="wall-name">{states[state]}</span>
            {state === 'online' && full > 0 && (
              <span className="wall-full">{words.ofTheseFull(countText(full, locale))}</span>
            )}
            <span className="wall-number">{countText(counts[state], locale)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
