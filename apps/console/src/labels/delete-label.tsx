import type { Label } from '@libs/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useAct } from '../forms/use-act.js';
import { listsApi } from '../session/api.js';
import { Dialog } from '../shell/dialog.js';
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
      {use.isPending && <Loading rows={2} />}
      {use.error && <Failed error={use.error} retry={() => void use.refetch()} />}
      {use.data && <p>{words.deleteEffect(use.data.conversations)}</p>}
      {act.error !== null && (
        <p role="alert" className="bar bar-error">
          {sentence(act.error)}
        </p>
      )}
      <div className="button-row dialog-buttons">
        <Button autoFocus onClick={onClose}>
          {words.cancel}
        </Button>
        <Button danger type="primary" disabled={!use.data} loading={act.busy} onClick={() => void act.run(remove)}>
          {words.deleteLabel}
        </Button>
      </div>
    </Dialog>
  );
}
