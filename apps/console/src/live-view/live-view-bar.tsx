import { EyeOutlined } from '@ant-design/icons';
import type { ConversationSummary, Me } from '@libs/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { ActFailure } from '../conversations/act-failure.js';
import { wishForComposer } from '../conversations/composer-wish.js';
import { readRowsAgain } from '../conversations/conversation-queries.js';
import { useKeys, useShownKey } from '../live/keys.js';
import { routingApi } from '../session/api.js';
import { rights } from '../session/rights.js';
import { useMe } from '../session/session.js';
import { safeText } from '../words/format.js';
import { useWords } from '../words/use-words.js';
import { useLiveViewWords, useOtherLiveViewWords } from './words/use-live-view-words.js';
import './live-view.css';

/** True while this member looks at a conversation that a colleague has. */
function isLiveView({ assigneeId, state }: ConversationSummary, me: Me): boolean {
  return rights.arrange(me.role) && state !== 'resolved' && assigneeId !== null && assigneeId !== me.memberId;
}

/** Above a colleague's conversation: that one looks on, what that allows, and the way to answer oneself. */
export function LiveViewBar({ row }: { readonly row: ConversationSummary }) {
  const me = useMe();
  return isLiveView(row, me) ? <LookingOn row={row} /> : null;
}

function LookingOn({ row }: { readonly row: ConversationSummary }) {
  const words = useLiveViewWords();
  const other = useOtherLiveViewWords();
  const { unknownColleague } = useWords();
  const client = useQueryClient();
  const { id, assigneeId, assigneeName } = row;
  const takeOver = useMutation({
    mutationFn: () => routingApi.takeOver(id, assigneeId ?? ''),
    onSuccess: () => wishForComposer(id),
    onSettled: () => readRowsAgain(client, id),
  });
  const run = () => !takeOver.isPending && takeOver.mutate();
  const { text, ...aria } = useShownKey('M');
  useKeys({ M: { does: words.takeOver, also: other.takeOver, run } });
  return (
    <>
      <section className="bar bar-privacy live-view" aria-label={words.title}>
        <p>
          <EyeOutlined aria-hidden /> <strong>{words.title}</strong> ·{' '}
          <bdi>{words.serving(safeText(assigneeName ?? unknownColleague))}</bdi>
          <br />
          <span className="meta">{words.hint}</span>
        </p>
        <Button title={text} {...aria} loading={takeOver.isPending} onClick={run}>
          {words.takeOver}
        </Button>
      </section>
      {takeOver.isError && <ActFailure error={takeOver.error} row={row} />}
    </>
  );
}
