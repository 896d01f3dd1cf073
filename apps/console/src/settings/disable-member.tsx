import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useAct } from '../forms/use-act.js';
import { membersApi } from '../session/api.js';
import { rights } from '../session/rights.js';
import { DialogButtons } from '../shell/dialog-buttons.js';
import { Failed, Loading } from '../shell/page.js';
import { useSettingsWords } from '../words/settings/use-settings-words.js';
import type { ActProps } from './member-dialog.js';
import { Refusal } from './refusal.js';
import { useRefreshMembers } from './use-members.js';

/** What ends, what is handed over, and to whom. */
export function DisableMember({ member, all, onClose }: ActProps) {
  const words = useSettingsWords();
  const act = useAct();
  const refresh = useRefreshMembers();
  const id = useId();
  const [to, setTo] = useState('');
  const work = useQuery({
    queryKey: ['member-work', member.id],
    queryFn: ({ signal }) => membersApi.work(member.id, signal),
    staleTime: 0,
    gcTime: 0,
  });
  const takers = all.filter((one) => one.state === 'active' && one.id !== member.id && rights.converse(one.role));
  const change = { version: member.version, ...(to === '' ? {} : { handOverTo: to }) };
  const disable = () => membersApi.disable(member.id, change).finally(refresh).then(onClose);
  if (work.error) return <Failed error={work.error} retry={() => void work.refetch()} />;
  if (!work.data) return <Loading rows={2} shape="lines" />;
  const { openConversations } = work.data;
  return (
    <>
      <p>{words.disableEffect}</p>
      <p className="body-strong">{words.openWork(openConversations)}</p>
      {openConversations > 0 && (
        <div className="form-row">
          <label htmlFor={id}>{words.handOver}</label>
          <select id={id} className="native-select" value={to} onChange={(event) => setTo(event.target.value)}>
            <option value="">{words.handOverQueue}</option>
            {takers.map((one) => (
              <option key={one.id} value={one.id}>
                {one.displayName}
              </option>
            ))}
          </select>
        </div>
      )}
      <Refusal error={act.error} />
      <DialogButtons verb={words.disable} busy={act.busy} onClose={onClose} onAct={() => void act.run(disable)} />
    </>
  );
}
