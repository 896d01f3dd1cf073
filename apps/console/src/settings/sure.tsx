import { useAct } from '../forms/use-act.js';
import { DialogButtons } from '../shell/dialog-buttons.js';
import type { ActProps } from './member-dialog.js';
import { Refusal } from './refusal.js';
import { useRefreshMembers } from './use-members.js';

interface SureProps extends Pick<ActProps, 'onClose'> {
  readonly effect?: string;
  readonly verb: string;
  readonly run: () => Promise<unknown>;
}

/** What the act does, and its verb. */
export function Sure({ effect, verb, run, onClose }: SureProps) {
  const act = useAct();
  const refresh = useRefreshMembers();
  return (
    <>
      {effect !== undefined && <p>{effect}</p>}
      <Refusal error={act.error} />
      <DialogButtons
        verb={verb}
        busy={act.busy}
        onClose={onClose}
        onAct={() => void act.run(() => run().finally(refresh).then(onClose))}
      />
    </>
  );
}
