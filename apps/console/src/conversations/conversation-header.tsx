import { ArrowLeftOutlined, CheckOutlined, ProfileOutlined, RedoOutlined, SwapOutlined } from '@ant-design/icons';
import type { ConversationSummary, ConversationView } from '@libs/contracts';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Tooltip } from 'antd';
import { type ReactNode, useState } from 'react';
import { useKeys } from '../live/keys.js';
import { rights } from '../session/rights.js';
import { useMe } from '../session/session.js';
import { useOtherTeamWords, useTeamWords } from '../words/team/use-team-words.js';
import { useOtherWords, useWords } from '../words/use-words.js';
import { wishForComposer } from './composer-wish.js';
import type { Act } from './conversation-queries.js';
import { HandOverDialog } from './hand-over-dialog.js';
import { Avatar, StatusTag } from './marks.js';
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
        to="/w/$slug/conversations/{-$view}/{-$conversationId}"
        params={{ slug: me.tenant.slug, view, conversationId: undefined }}
        className="back"
        aria-label={words.back}
      >
        <ArrowLeftOutlined aria-hidden />
      </Link>
      <Avatar handle={row.handle} />
      <div className="conversation-title">
        <h2>
          <span className="title-name">{words.visitor(row.handle)}</span>
          <StatusTag state={row.state} />
        </h2>
        <p className="meta">
          <bdi>{row.inboxName}</bdi>
          {' · '}
          {words.assignee} <bdi>{row.assigneeName ?? words.nobody}</bdi>
        </p>
      </div>
      <div className="conversation-actions">
        <Transfer row={row} handOver={handOver} />
        <Acts row={row} view={view} act={act} />
        <Button
          className="details-button"
          icon={<ProfileOutlined aria-hidden />}
          aria-label={words.details}
          onClick={onDetails}
        />
      </div>
    </header>
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
      {open && <HandOverDialog row={row} onHand={(wish) => handOver.mutate(wish)} onClose={() => setOpen(false)} />}
    </>
  );
}

/** What this member may do now; the keys do the same as the buttons. */
function Acts({ row, view, act }: Omit<HeaderProps, 'onDetails' | 'handOver'>) {
  const words = useWords();
  const other = useOtherWords();
  const me = useMe();
  const toMine = useGoToMine(row.id);
  const may = (possible: boolean, name: 'take' | 'resolve' | 'reopen') =>
    possible ? () => !act.isPending && act.mutate(name) : undefined;
  const take =
    row.assigneeId === null && row.state !== 'resolved'
      ? () => {
          if (act.isPending) return;
          wishForComposer(row.id);
          // What was taken leaves the list of the unassigned: its place is now among mine.
          act.mutate('take', { onSuccess: () => view === 'unassigned' && toMine() });
        }
      : undefined;
  const resolve = may(row.assigneeId === me.memberId && row.state === 'open', 'resolve');
  const reopen = may(row.state === 'resolved', 'reopen');
  useKeys({
    m: take && { does: words.take, also: other.take, run: take },
    e: resolve && { does: words.resolve, also: other.resolve, run: resolve },
    o: reopen && { does: words.reopen, also: other.reopen, run: reopen },
  });
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

function useGoToMine(conversationId: string): () => void {
  const me = useMe();
  const navigate = useNavigate();
  return () =>
    void navigate({
      to: '/w/$slug/conversations/{-$view}/{-$conversationId}',
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
  return (
    <Tooltip title={shortcut} mouseEnterDelay={0.4}>
      <Button
        className={compact ? 'act-compact' : ''}
        type={solid ? 'primary' : 'default'}
        icon={icon}
        aria-label={label}
        aria-keyshortcuts={shortcut}
        onClick={onPress}
      >
        {label}
      </Button>
    </Tooltip>
  );
}
