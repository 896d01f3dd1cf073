import { MessageOutlined } from '@ant-design/icons';
import type { CannedResponse } from '@libs/contracts';
import { Button } from 'antd';
import { useState } from 'react';
import { useActs } from '../palette/acts.js';
import { rights } from '../session/rights.js';
import { useMe } from '../session/session.js';
import { SettingsPage } from '../settings/settings-frame.js';
import { Failed, Loading, Nothing } from '../shell/page.js';
import { useNarrow } from '../shell/use-narrow.js';
import { useWritingWords } from '../words/writing/use-writing-words.js';
import { useCanned } from '../writing/use-canned.js';
import { CannedDialog } from './canned-dialog.js';
import { CannedCards, CannedTable } from './canned-table.js';
import './canned.css';

/** Canned responses of the workspace, and one's own. */
export function CannedPage() {
  const words = useWritingWords();
  const { role } = useMe();
  const query = useCanned();
  const [opened, setOpened] = useState<CannedResponse | 'new'>();
  const items = query.data?.items ?? [];
  const state = query.isPending ? 'loading' : query.isError ? 'error' : items.length === 0 ? 'empty' : 'ready';
  const mayShare = rights.arrange(role);
  const List = useNarrow() ? CannedCards : CannedTable;
  useActs([{ id: 'canned:new', does: words.cannedNew, run: () => setOpened('new') }]);
  const create = (
    <Button type="primary" onClick={() => setOpened('new')}>
      {words.cannedNew}
    </Button>
  );
  return (
    <SettingsPage screen="canned-responses" state={state} title={words.cannedPage} aside={state === 'ready' && create}>
      <p className="quiet">{words.cannedIntro}</p>
      {!mayShare && <p className="quiet">{words.onlySharers}</p>}
      {state === 'loading' && <Loading rows={5} />}
      {state === 'error' && <Failed error={query.error} retry={() => void query.refetch()} />}
      {state === 'empty' && (
        <Nothing text={words.cannedEmpty} icon={<MessageOutlined aria-hidden />}>
          {create}
        </Nothing>
      )}
      {state === 'ready' && <List items={items} mayShare={mayShare} onOpen={setOpened} />}
      {opened !== undefined && (
        <CannedDialog
          mayShare={mayShare}
          {...(opened === 'new' ? {} : { canned: opened })}
          onClose={() => setOpened(undefined)}
        />
      )}
    </SettingsPage>
  );
}
