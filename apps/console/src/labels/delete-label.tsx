import type { Label } from '@libs/contracts';
import { useQuery } from '@tanstack/react-query';
import { useAct } from '../forms/use-act.js';
import { listsApi } from '../session/api.js';
import { Dialog } from '../shell/dialog.js';
import { DialogButtons, Refused } from '../shell/dialog-buttons.js';
import { Failed, Loading } from '../shell/page.js';
import { useListErrors, useListWords } from '../words/lists/use-list-words.js';
import { useRefreshLabels } from './use-labels.js';

/** It cannot be taken back: what goes with it is said first. */
export function DeleteLabel({ label, onClose }: { readonly label: Label; readonly onClose: () => void }) {
  const words = useListWords();
  const sentence = useListErrors();
  const refresh = useRefreshLabels();
  const act = useAct();
  const use = useQuery({
    queryKey: ['label-use', label.id],
    queryFn: ({ signal }) => listsApi.labelUse(label.id, signal),
    ...{ staleTime: 0, gcTime: 0 },
  });
  const remove = () => listsApi.deleteLabel(label.id).finally(refresh).then(onClose);
  return (
    <Dialog title={words.deleteLabelOf(label.name)} onClose={onClose}>
      {use.isPending && <Loading rows={2} shape="lines" />}
      {use.error && <Failed error={use.error} retry={() => void use.refetch()} />}
      {use.data && <p>{words.deleteEffect(use.data.conversations)}</p>}
      <Refused why={act.error === null ? undefined : sentence(act.error)} />
      <DialogButtons
        {...{ verb: words.deleteLabel, busy: act.busy, disabled: !use.data, onClose }}
        danger
        onAct={() => void act.run(remove)}
      />
    </Dialog>
  );
}
