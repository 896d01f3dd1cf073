import type { OneTimeLink } from '@libs/contracts';
import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../forms/use-act.js';
import { DialogButtons } from '../shell/dialog-buttons.js';
import { useSettingsWords } from '../words/settings/use-settings-words.js';
import type { ActProps } from './member-dialog.js';
import { OneTimeLinkBox } from './one-time-link.js';
import { Refusal } from './refusal.js';
import { useRefreshMembers } from './use-members.js';

interface MakeLinkProps extends ActProps {
  readonly verb: string;
  readonly note: string;
  readonly make: () => Promise<OneTimeLink>;
}

/** Makes a link that is seen here and nowhere else. */
export function MakeLink({ verb, note, make, onClose }: MakeLinkProps) {
  const words = useSettingsWords();
  const act = useAct();
  const refresh = useRefreshMembers();
  const [link, setLink] = useState<OneTimeLink>();
  const run = () => make().then(setLink).finally(refresh);
  return (
    <>
      <p>{note}</p>
      <Refusal error={act.error} />
      {link ? (
        <>
          <OneTimeLinkBox url={link.url} />
          <div className="button-row dialog-buttons">
            <Button onClick={onClose}>{words.close}</Button>
          </div>
        </>
      ) : (
        <DialogButtons verb={verb} busy={act.busy} onClose={onClose} onAct={() => void act.run(run)} />
      )}
    </>
  );
}
