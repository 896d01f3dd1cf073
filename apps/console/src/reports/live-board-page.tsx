import { FullscreenOutlined } from '@ant-design/icons';
import type { ColleagueAvailability, LiveQueue } from '@libs/contracts';
import { useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useAvailabilityWords } from '../availability/words/use-availability-words.js';
import type { WaitingTone } from '../conversations/waiting.js';
import { usePreferences } from '../device/preferences.js';
import { useLineState } from '../shell/connection-bar.js';
import { Failed, Loading, Page } from '../shell/page.js';
import { clockTime, countText, safeText } from '../words/format.js';
import { useWords } from '../words/use-words.js';
import { LiveWall } from './live-wall.js';
import { ToneMark } from './tone-mark.js';
import { type ReadBoard, useLiveBoard, useSeconds } from './use-live-board.js';
import { useOpenWall } from './use-wall.js';
import { waitText } from './wait-text.js';
import { toneSince } from './wall-figures.js';
import { useReportWords } from './words/use-report-words.js';
import '../availability/availability.css';
import './reports.css';

/** What goes on now: who waits, and who is there to answer. */
export function LiveBoardPage() {
  const words = useReportWords();
  const query = useLiveBoard();
  const { wall } = useSearch({ from: '/w/$slug/reports/live' });
  const openWall = useOpenWall();
  const state = query.data ? 'ready' : query.error ? 'error' : 'loading';
  if (wall) return <LiveWall query={query} state={state} />;
  return (
    <Page
      screen="live-board"
      state={state}
      title={words.title}
      aside={
        <Button icon={<FullscreenOutlined aria-hidden />} onClick={openWall}>
          {words.wall}
        </Button>
      }
    >
      <p className="quiet">{words.intro}</p>
      {state === 'loading' && <Loading rows={8} />}
      {query.error && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.data && <Board read={query.data} readAt={query.dataUpdatedAt} />}
    </Page>
  );
}

function Board({ read, readAt }: { readonly read: ReadBoard; readonly readAt: number }) {
  const words = useReportWords();
  const { locale } = usePreferences();
  const lineState = useLineState();
  const { board, ahead } = read;
  const now = useSeconds() - ahead;
  const online = board.members.filter(({ availability }) => availability === 'online').length;
  const lost = lineState === 'down' || lineState === 'retrying';
  return (
    <div className="live-board" data-stale={lost}>
      {lost && <p className="meta live-stale">{words.asOf(clockTime(readAt, locale))}</p>}
      <dl className="live-figures" aria-label={words.figures}>
        <Figure name={words.waiting} value={countText(board.waiting, locale)} />
        <Figure
          name={words.longest}
          value={board.waitingSince === null ? words.nobodyWaits : waitText(now - board.waitingSince, words)}
          tone={toneSince(board.waitingSince, now)}
        />
        <Figure name={words.open} value={countText(board.open, locale)} />
        <Figure name={words.there} value={words.thereOf(online, board.members.length)} />
      </dl>
      <Queues queues={board.queues} now={now} />
      <Members members={board.members} />
    </div>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly tone?: WaitingTone;
}

function Figure({ name, value, tone = 'calm' }: FigureProps) {
  return (
    <div className="card live-figure" data-tone={tone}>
      <dt className="meta">
        <ToneMark tone={tone} /> {name}
      </dt>
      <dd>{value}</dd>
    </div>
  );
}

interface TableProps {
  readonly title: string;
  readonly heads: readonly string[];
  readonly children: ReactNode;
}

function BoardTable({ title, heads, children }: TableProps) {
  return (
    <section className="live-section" aria-label={title}>
      <h2>{title}</h2>
      <div className="table-box">
        <table>
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </div>
    </section>
  );
}

function Queues({ queues, now }: { readonly queues: readonly LiveQueue[]; readonly now: number }) {
  const words = useReportWords();
  const { locale } = usePreferences();
  return (
    <BoardTable title={words.queues} heads={[words.inbox, words.waiting, words.longest]}>
      {queues.length === 0 && (
        <tr>
          <td colSpan={3} className="quiet">
            {words.noQueues}
          </td>
        </tr>
      )}
      {queues.map(({ inboxId, name, waiting, waitingSince }) => (
        <tr key={inboxId} data-queue={inboxId}>
          <th scope="row">
            <bdi>{safeText(name)}</bdi>
          </th>
          <td>{countText(waiting, locale)}</td>
          <td className={waitingSince === null ? 'quiet' : undefined}>
            {waitingSince === null ? words.nobodyWaits : waitText(now - waitingSince, words)}
          </td>
        </tr>
      ))}
    </BoardTable>
  );
}

function Members({ members }: { readonly members: readonly ColleagueAvailability[] }) {
  const words = useReportWords();
  return (
    <BoardTable title={words.members} heads={[words.member, words.state, words.load]}>
      {members.length === 0 && (
        <tr>
          <td colSpan={3} className="quiet">
            {words.noMembers}
          </td>
        </tr>
      )}
      {members.map((member) => (
        <MemberRow key={member.id} member={member} />
      ))}
    </BoardTable>
  );
}

function MemberRow({ member }: { readonly member: ColleagueAvailability }) {
  const words = useReportWords();
  const { unknownColleague } = useWords();
  const { states } = useAvailabilityWords();
  const { id, name, availability, open, capacity } = member;
  return (
    <tr data-colleague={id}>
      <th scope="row">
        <bdi>{safeText(name ?? unknownColleague)}</bdi>
      </th>
      <td>
        <span className="live-state">
          <span className={`presence presence-${availability}`} aria-hidden />
          {states[availability]}
        </span>
      </td>
      <td>
        {open} / {capacity}
        {open >= capacity && <span className="state-tag live-full">{words.full}</span>}
      </td>
    </tr>
  );
}
