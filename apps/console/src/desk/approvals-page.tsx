import type { Approval } from '@libs/contracts';
import { useState } from 'react';
import { Failed, Loading, Nothing } from '../shell/page.js';
import { useDeskWords } from '../words/desk/use-desk-words.js';
import { ApprovalCard } from './approval-card.js';
import { useApprovals } from './approval-queries.js';
import { DeskPage } from './desk-frame.js';
import './approvals.css';

export function ApprovalsPage() {
  const desk = useDeskWords();
  const query = useApprovals();
  const items = query.data?.items ?? [];
  const [told, setTold] = useState('');
  const state = query.data ? (items.length === 0 ? 'empty' : 'ready') : query.isError ? 'error' : 'loading';
  return (
    <DeskPage screen="approvals" state={state} title={desk.approvals}>
      <p role="status" className={told === '' ? 'visually-hidden' : 'bar bar-success'}>
        {told}
      </p>
      {state === 'loading' && <Loading rows={3} shape="cards" />}
      {state === 'error' && <Failed error={query.error} retry={() => void query.refetch()} />}
      {state === 'empty' && <Nothing text={desk.noApprovals} />}
      {state === 'ready' && (
        <>
          <Group
            title={desk.waitingForMe}
            items={items.filter((item) => item.decidable)}
            none={desk.nothingWaits}
            onTold={setTold}
          />
          <Group title={desk.mine} items={items.filter((item) => item.mine && !item.decidable)} onTold={setTold} />
          <Group title={desk.others} items={items.filter((item) => !item.mine && !item.decidable)} onTold={setTold} />
        </>
      )}
    </DeskPage>
  );
}

interface GroupProps {
  readonly title: string;
  readonly items: readonly Approval[];
  readonly none?: string;
  readonly onTold: (sentence: string) => void;
}

function Group({ title, items, none, onTold }: GroupProps) {
  if (items.length === 0 && none === undefined) return null;
  return (
    <section className="approval-group" aria-label={title}>
      <h2>{title}</h2>
      {items.length === 0 ? (
        <p className="quiet">{none}</p>
      ) : (
        <ul className="approval-list">
          {items.map((approval) => (
            <li key={approval.id}>
              <ApprovalCard approval={approval} onTold={onTold} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
