import { type BulkRevealed, personHandle } from '@libs/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { contactsApi } from '../session/api.js';
import { useMe } from '../session/session.js';
import { Loading, Nothing } from '../shell/page.js';
import { SHOWN_MS } from '../values/reveal-state.js';
import { Countdown } from '../values/revealed-value.js';
import { Value } from '../values/value.js';
import { useDeskWords } from '../words/desk/use-desk-words.js';
import { usePersonalWords } from '../words/personal/use-personal-words.js';
import { useApprovals } from './approval-queries.js';
import { DeskPage } from './desk-frame.js';
import { SaveError } from './save-error.js';

type Shown = BulkRevealed & { readonly hideAt: number };

/** Values of many people for a minute, once; nothing of them stays in the page's cache. */
export function BulkValuesPage() {
  const { approvalId } = useParams({ from: '/w/$slug/privacy/approvals/$approvalId/values' });
  const desk = useDeskWords();
  const { memberId, tenant } = useMe();
  const approvals = useApprovals();
  const approval = approvals.data?.items.find(({ id }) => id === approvalId);
  const usable = approval?.state === 'approved' && approval.requestedBy.memberId === memberId;
  const [shown, setShown] = useState<Shown | null>(null);
  const [gone, setGone] = useState(false);
  useEffect(() => {
    if (!shown) return;
    const hide = () => {
      setShown(null);
      setGone(true);
    };
    const away = () => document.hidden && hide();
    const timer = setTimeout(hide, shown.hideAt - Date.now());
    document.addEventListener('visibilitychange', away);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', away);
    };
  }, [shown]);
  return (
    <DeskPage
      screen="bulk-values"
      state={approvals.isPending ? 'loading' : 'ready'}
      title={desk.bulkTitle}
      aside={
        <Link to="/w/$slug/privacy/approvals" params={{ slug: tenant.slug }}>
          {desk.toApprovals}
        </Link>
      }
    >
      {shown ? (
        <Values shown={shown} />
      ) : gone ? (
        <Nothing text={desk.bulkHidden} />
      ) : approvals.isPending ? (
        <Loading rows={3} />
      ) : usable ? (
        <Ask approvalId={approvalId} onShown={setShown} />
      ) : (
        <Nothing text={desk.bulkGone} />
      )}
    </DeskPage>
  );
}

function Ask({ approvalId, onShown }: { readonly approvalId: string; readonly onShown: (shown: Shown) => void }) {
  const desk = useDeskWords();
  const client = useQueryClient();
  const reveal = useMutation({
    mutationFn: () => contactsApi.bulkReveal(approvalId),
    gcTime: 0,
    onSuccess: (answer) => {
      onShown({ ...answer, hideAt: Date.now() + SHOWN_MS });
      void client.invalidateQueries({ queryKey: ['approvals'] });
    },
  });
  return (
    <section className="card desk-form">
      <p>{desk.bulkNote}</p>
      <SaveError error={reveal.error} />
      <div className="button-row">
        <Button type="primary" loading={reveal.isPending} onClick={() => reveal.mutate()}>
          {desk.bulkShow}
        </Button>
      </div>
    </section>
  );
}

function Values({ shown }: { readonly shown: Shown }) {
  const desk = useDeskWords();
  const personal = usePersonalWords();
  const { slug } = useMe().tenant;
  const label = personal.field[`contact.${shown.field}`] ?? shown.field;
  return (
    <>
      <p role="status" className="bar bar-privacy">
        {personal.announced(label)}
        <Countdown until={shown.hideAt} />
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by keys */}
      <section className="table-box" aria-label={desk.bulkTitle} tabIndex={0}>
        <table>
          <caption className="visually-hidden">{desk.bulkTitle}</caption>
          <thead>
            <tr>
              <th scope="col">{personal.contacts}</th>
              <th scope="col">{label}</th>
            </tr>
          </thead>
          <tbody>
            {shown.items.map(({ contactId, subjectId, value }) => (
              <tr key={contactId}>
                <th scope="row">
                  <Link to="/w/$slug/contacts/$contactId" params={{ slug, contactId }} className="row-link">
                    {personal.person(personHandle(subjectId))}
                  </Link>
                </th>
                <td>
                  <Value label={label} value={value} compact />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
