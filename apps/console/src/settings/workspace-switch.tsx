import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { useAct } from '../forms/use-act.js';
import { accountApi } from '../session/api.js';
import { useMe } from '../session/session.js';
import { Dialog } from '../shell/dialog.js';
import { DialogClose } from '../shell/dialog-buttons.js';
import { useArrival } from '../sign-in/arrival.js';
import { useSettingsWords } from '../words/settings/use-settings-words.js';
import { Refusal } from './refusal.js';

/** Name of the workspace, top left, on a phone in a menu that it leaves; where a login has several, the way to the others. */
export function WorkspaceSwitch({ leave }: { readonly leave?: () => void }) {
  const words = useSettingsWords();
  const me = useMe();
  const [open, setOpen] = useState(false);
  const { data } = useQuery({
    queryKey: ['workspaces'],
    queryFn: ({ signal }) => accountApi.workspaces(signal),
    staleTime: 300_000,
  });
  const others = data?.items.filter(({ current }) => !current) ?? [];
  const mark = (
    <>
      <span className="nav-mark" aria-hidden>
        {me.tenant.name.slice(0, 1)}
      </span>
      <bdi className="nav-text">{me.tenant.name}</bdi>
    </>
  );
  if (others.length === 0) {
    return (
      <p className="nav-workspace" title={me.tenant.name}>
        {mark}
      </p>
    );
  }
  return (
    <>
      <button
        type="button"
        className="nav-workspace nav-workspace-switch"
        title={words.workspaces}
        aria-haspopup="dialog"
        onClick={() => {
          leave?.();
          setOpen(true);
        }}
      >
        {mark}
        <span className="visually-hidden">{words.workspaces}</span>
      </button>
      {/* Not in the menu that may hold the button: it closes, and with it all that it holds. */}
      {open && createPortal(<Choice others={others} onClose={() => setOpen(false)} />, document.body)}
    </>
  );
}

interface ChoiceProps {
  readonly others: readonly { readonly tenantId: string; readonly name: string }[];
  readonly onClose: () => void;
}

function Choice({ others, onClose }: ChoiceProps) {
  const words = useSettingsWords();
  const arrive = useArrival();
  const act = useAct();
  return (
    <Dialog title={words.workspaces} onClose={onClose}>
      <Refusal error={act.error} />
      <div className="act-list">
        {others.map(({ tenantId, name }) => (
          <Button
            key={tenantId}
            block
            loading={act.busy}
            onClick={() => void act.run(async () => arrive(await accountApi.switchWorkspace(tenantId)))}
          >
            <bdi>{name}</bdi>
          </Button>
        ))}
      </div>
      <DialogClose label={words.cancel} onClose={onClose} />
    </Dialog>
  );
}
