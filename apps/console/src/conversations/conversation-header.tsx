import {
  ArrowLeftOutlined,
  CheckOutlined,
  FieldTimeOutlined,
  PlayCircleOutlined,
  ProfileOutlined,
  RedoOutlined,
  SwapOutlined,
} from '@ant-design/icons';
import type { ConversationSummary, ConversationView } from '@libs/contracts';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Tooltip } from 'antd';
import { type ReactNode, useState } from 'react';
import { createPortal } from 'react-dom';
import { useKeys, useShownKey } from '../live/keys.js';
import { rights } from '../session/rights.js';
import { useMe } from '../session/session.js';
import { useNarrow } from '../shell/use-narrow.js';
import { useOtherStateWords, useStateWords } from '../words/states/use-state-words.js';
import { useOtherTeamWords, useTeamWords } from '../words/team/use-team-words.js';
import { useOtherWords, useWords } from '../words/use-words.js';
import { wishForComposer } from './composer-wish.js';
import type { Act } from './conversation-acts.js';
import { HandOverDialog } from './hand-over-dialog.js';
import { Avatar, StatusTag } from './marks.js';
import { MoreActs } from './more-acts.js';
import { neighbourOf, useGoTo } from './neighbours.js';
import { PersonName } from './person-name.js';
import { SnoozeDialog } from './snooze-dialog.js';
import type { HandOverAct } from './use-hand-over.js';

interface HeaderProps {
  readonly row: ConversationSummary;
  readonly view: ConversationView;
  readonly act: Act;
  readonly handOver: HandOverAct;
  readonly onDetails: () => void;
}

export function ConversationHeader({ row, view, act, handOver, onDetails }: HeaderProps) {
  const words = useWords();
  const me = useMe();
  return (
    <header className="conversation-header">
      <Link
        to="/w/$slug/conversations/$view"
        params={{ slug: me.tenant.slug, view }}
        className="back"
        aria-label={words.back}
      >
        <ArrowLeftOutlined aria-hidden />
      </Link>
      <Avatar handle={row.handle} />
      <div className="conversation-title">
        <h2>
          <span className="title-name">
            <PersonName row={row} />
          </span>
          {row.snoozedUntil === null && <StatusTag state={row.state} />}
        </h2>
        <p className="meta">
          <State row={row} />
          <bdi>{row.inboxName}</bdi>
          {' · '}
          {words.assignee} <bdi>{row.assigneeName ?? words.nobody}</bdi>
        </p>
      </div>
      <HeaderActs row={row} view={view} act={act} handOver={handOver} onDetails={onDetails} />
    </header>
  );
}

/** Side by side where there is room; on a phone what is rarer stands behind one button. */
function HeaderActs({ row, view, act, handOver, onDetails }: HeaderProps) {
  const words = useWords();
  const narrow = useNarrow();
  const later = (
    <>
      <Transfer row={row} handOver={handOver} />
      <Snooze row={row} act={act} />
    </>
  );
  const details = (
    <Button
      className="details-button"
      icon={<ProfileOutlined aria-hidden />}
      aria-label={words.details}
      title={words.details}
      onClick={onDetails}
    >
      {narrow && words.details}
    </Button>
  );
  return (
    <div className="conversation-actions">
      {narrow ? (
        <>
          <Acts row={row} view={view} act={act} />
          <MoreActs>
            {later}
            {details}
          </MoreActs>
        </>
      ) : (
        <>
          {later}
          <Acts row={row} view={view} act={act} />
          {details}
        </>
      )}
    </div>
  );
}

/** Beside the name there is no room for a time, and on a phone for no state at all. */
function State({ row: { state, snoozedUntil } }: Pick<HeaderProps, 'row'>) {
  return (
    <span className={snoozedUntil === null ? 'title-state' : ''}>
      <StatusTag state={state} until={snoozedUntil} />{' '}
    </span>
  );
}

/** To a colleague or back to the queue: whoever has it, and those who may arrange everybody's work. */
function Transfer({ row, handOver }: Pick<HeaderProps, 'row' | 'handOver'>) {
  const me = useMe();
  const work = useTeamWords();
  const other = useOtherTeamWords();
  const [open, setOpen] = useState(false);
  const may = row.state !== 'resolved' && (row.assigneeId === me.memberId || rights.arrange(me.role));
  const show = may ? () => setOpen(true) : undefined;
  const named = show && { does: work.transfer, also: other.transfer, run: show };
  useKeys({ t: named, a: show });
  if (!show) return null;
  return (
    <>
      <ActButton compact shortcut="T" label={work.transfer} icon={<SwapOutlined aria-hidden />} onPress={show} />
      {open &&
        createPortal(
          <HandOverDialog row={row} onHand={(wish) => handOver.mutate(wish)} onClose={() => setOpen(false)} />,
          document.body,
        )}
    </>
  );
}

/** What this member may do now; the keys do the same as the buttons. */
function Acts({ row, view, act }: Omit<HeaderProps, 'onDetails' | 'handOver'>) {
  const words = useWords();
  const other = useOtherWords();
  const me = useMe();
  const toMine = useGoToMine(row.id);
  const mine = row.assigneeId === me.memberId;
  const possible = (may: boolean, name: 'resolve' | 'reopen') =>
    may ? () => !act.isPending && act.mutate(name) : undefined;
  const take =
    row.assigneeId === null && row.state !== 'resolved'
      ? () => {
          if (act.isPending) return;
          wishForComposer(row.id);
          // What was taken leaves the list of the unassigned: its place is now among mine.
          act.mutate('take', { onSuccess: () => view === 'unassigned' && toMine() });
        }
      : undefined;
  const resolve = possible(mine && row.state !== 'resolved', 'resolve');
  const reopen = possible(row.state === 'resolved', 'reopen');
  useKeys({
    M: take && { does: words.take, also: other.take, run: take },
    E: resolve && { does: words.resolve, also: other.resolve, run: resolve },
    O: reopen && { does: words.reopen, also: other.reopen, run: reopen },
  });
  useNeighbourKeys(row, view, resolve);
  return (
    <>
      {take && <ActButton solid shortcut="M" label={words.take} onPress={take} />}
      {resolve && (
        <ActButton compact shortcut="E" label={words.resolve} icon={<CheckOutlined aria-hidden />} onPress={resolve} />
      )}
      {reopen && (
        <ActButton compact shortcut="O" label={words.reopen} icon={<RedoOutlined aria-hidden />} onPress={reopen} />
      )}
    </>
  );
}

/** Puts it off, or brings it back: whoever has it, and those who may arrange everybody's work. */
function Snooze({ row, act }: Pick<HeaderProps, 'row' | 'act'>) {
  const me = useMe();
  const states = useStateWords();
  const other = useOtherStateWords();
  const [open, setOpen] = useState(false);
  const may = row.state !== 'resolved' && (row.assigneeId === me.memberId || rights.arrange(me.role));
  const show = may ? () => setOpen(true) : undefined;
  const wake = may && row.state === 'snoozed' ? () => !act.isPending && act.mutate('wake') : undefined;
  useKeys({
    S: show && { does: states.snooze, also: other.snooze, run: show },
    O: wake && { does: states.wake, also: other.wake, run: wake },
  });
  if (!show) return null;
  return (
    <>
      {wake ? (
        <ActButton compact shortcut="O" label={states.wake} icon={<PlayCircleOutlined aria-hidden />} onPress={wake} />
      ) : (
        <ActButton compact shortcut="S" label={states.snooze} icon={<FieldTimeOutlined aria-hidden />} onPress={show} />
      )}
      {open &&
        createPortal(
          <SnoozeDialog onSnooze={(snooze) => act.mutate({ snooze })} onClose={() => setOpen(false)} />,
          document.body,
        )}
    </>
  );
}

/** On to the next one and back, with resolving on the way or without. */
function useNeighbourKeys(
  row: ConversationSummary,
  view: ConversationView,
  resolve: (() => unknown) | undefined,
): void {
  const states = useStateWords();
  const other = useOtherStateWords();
  const goTo = useGoTo(view);
  const go = (by: 1 | -1) => {
    const id = neighbourOf(row.id, by);
    if (id !== undefined) goTo(id);
  };
  const resolveAndNext = resolve && {
    does: states.resolveAndNext,
    also: other.resolveAndNext,
    run: () => {
      // Which is next is asked before the list loses this one.
      const next = neighbourOf(row.id, 1);
      resolve();
      if (next !== undefined) goTo(next);
    },
  };
  useKeys({
    'Shift+E': resolveAndNext,
    N: { does: states.nextConversation, also: other.nextConversation, run: () => go(1), moves: true },
    P: { does: states.previousConversation, also: other.previousConversation, run: () => go(-1), moves: true },
  });
}

function useGoToMine(conversationId: string): () => void {
  const me = useMe();
  const navigate = useNavigate();
  return () =>
    void navigate({
      to: '/w/$slug/conversations/$view/$conversationId',
      params: { slug: me.tenant.slug, view: 'mine', conversationId },
      replace: true,
    });
}

interface ActButtonProps {
  readonly label: string;
  readonly shortcut: string;
  readonly icon?: ReactNode;
  readonly solid?: boolean;
  /** On a phone its icon says it. */
  readonly compact?: boolean;
  readonly onPress: () => void;
}

function ActButton({ label, shortcut, icon, solid = false, compact = false, onPress }: ActButtonProps) {
  const { text, ...aria } = useShownKey(shortcut);
  return (
    <Tooltip title={text} mouseEnterDelay={0.4}>
      <Button
        className={compact ? 'act-compact' : ''}
        type={solid ? 'primary' : 'default'}
        icon={icon}
        aria-label={label}
        {...aria}
        onClick={onPress}
      >
        {label}
      </Button>
    </Tooltip>
  );
}
