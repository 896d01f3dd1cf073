import type { MemberSummary } from '@libs/contracts';
import { Button } from 'antd';
import { useState } from 'react';
import { Failed, Loading, LoadMore } from '../shell/page.js';
import { useNarrow } from '../shell/use-narrow.js';
import { useSettingsWords } from '../words/settings/use-settings-words.js';
import { InviteDialog } from './invite-dialog.js';
import { MemberCards } from './member-cards.js';
import { MemberDialog } from './member-dialog.js';
import { MemberTable } from './member-table.js';
import { SettingsPage } from './settings-frame.js';
import { useMembers } from './use-members.js';

/** Everybody of the workspace, the invited among them. */
export function MembersPage() {
  const words = useSettingsWords();
  const query = useMembers();
  const narrow = useNarrow();
  const [inviting, setInviting] = useState(false);
  const [picked, setPicked] = useState<MemberSummary>();
  const members = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const state = query.data ? 'ready' : query.error ? 'error' : 'loading';
  const List = narrow ? MemberCards : MemberTable;
  const invite = (
    <Button type="primary" onClick={() => setInviting(true)}>
      {words.invite}
    </Button>
  );
  return (
    <SettingsPage screen="members" state={state} title={words.members} aside={invite}>
      {state === 'loading' && <Loading rows={6} />}
      {query.error && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.data && (
        <>
          <p className="meta">{words.memberCount(query.data.pages[0]?.total ?? members.length)}</p>
          <List members={members} onPick={setPicked} />
          {members.length === 1 && <p className="quiet">{words.onlyYou}</p>}
          <LoadMore query={query} />
        </>
      )}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
      {picked && <MemberDialog member={picked} all={members} onClose={() => setPicked(undefined)} />}
    </SettingsPage>
  );
}
