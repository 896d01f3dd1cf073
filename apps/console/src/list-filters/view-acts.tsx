import { type SavedViewKeep, VIEW_NAME_MOST } from '@libs/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { type FormEvent, useId, useState } from 'react';
import { useAct } from '../forms/use-act.js';
import { listsApi } from '../session/api.js';
import { useMe } from '../session/session.js';
import { Dialog } from '../shell/dialog.js';
import { DialogButtons } from '../shell/dialog-buttons.js';
import { useUndo } from '../undo/use-undo.js';
import { useListErrors, useListWords } from '../words/lists/use-list-words.js';
import type { ChosenList } from './use-list-choice.js';

/** Keeps what is shown as a view, brings a view up to date, takes one away. */
export function ViewActs({ list }: { readonly list: ChosenList }) {
  const words = useListWords();
  const act = useAct();
  const sentence = useListErrors();
  const acts = useViewWrites(list);
  const [naming, setNaming] = useState<'new' | 'old'>();
  const { saved, changed } = list;
  if (!saved && !changed) return null;
  return (
    <div className="view-acts">
      {changed && (
        <Button size="small" type="link" onClick={() => setNaming('new')}>
          {words.saveView}
        </Button>
      )}
      {saved && changed && (
        <Button size="small" type="link" loading={act.busy} onClick={() => void act.run(() => acts.update(saved.name))}>
          {words.updateView}
        </Button>
      )}
      {saved && !changed && (
        <>
          <Button size="small" type="link" onClick={() => setNaming('old')}>
            {words.renameView}
          </Button>
          <Button size="small" type="link" loading={act.busy} onClick={() => void act.run(acts.remove)}>
            {words.deleteView}
          </Button>
        </>
      )}
      {act.error !== null && <p role="alert">{sentence(act.error)}</p>}
      {naming && (
        <NameDialog
          name={naming === 'old' ? (saved?.name ?? '') : ''}
          onSave={naming === 'old' ? acts.update : acts.create}
          onClose={() => setNaming(undefined)}
        />
      )}
    </div>
  );
}

/** Each leads to where the result is seen. */
function useViewWrites({ saved, wish, reset }: ChosenList) {
  const words = useListWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const undo = useUndo();
  const { slug } = useMe().tenant;
  const refresh = () => Promise.all([['views'], ['count']].map((queryKey) => client.invalidateQueries({ queryKey })));
  const go = (view: string) =>
    navigate({
      to: '/w/$slug/conversations/$view',
      params: { slug, view },
    });
  const kept = (name: string): SavedViewKeep => ({ name, ...wish });
  return {
    create: async (name: string) => {
      const { id } = await listsApi.createView(kept(name));
      reset();
      await refresh();
      await go(id);
    },
    update: async (name: string) => {
      if (!saved) return;
      await listsApi.replaceView(saved.id, kept(name));
      await refresh();
      reset();
    },
    remove: async () => {
      if (!saved) return;
      await listsApi.deleteView(saved.id);
      await go(saved.view);
      await refresh();
      undo.offer(words.viewDeleted(saved.name), async () => {
        const { name, view, filter, sort, order } = saved;
        await listsApi.createView({ name, view, filter, sort, order });
        await refresh();
      });
    },
  };
}

interface NameProps {
  readonly name: string;
  readonly onSave: (name: string) => Promise<void>;
  readonly onClose: () => void;
}

function NameDialog({ name: before, onSave, onClose }: NameProps) {
  const words = useListWords();
  const sentence = useListErrors();
  const act = useAct();
  const id = useId();
  const [name, setName] = useState(before);
  const [tried, setTried] = useState(false);
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (name.trim() !== '') void act.run(() => onSave(name).then(onClose));
  }
  const empty = tried && name.trim() === '';
  return (
    <Dialog title={before === '' ? words.saveView : words.renameView} onClose={onClose}>
      <form className="dialog-form" onSubmit={submit} noValidate>
        <div className="form-row">
          <label htmlFor={id}>{words.viewName}</label>
          <input
            id={id}
            className="label-search"
            dir="auto"
            value={name}
            maxLength={VIEW_NAME_MOST}
            aria-invalid={empty}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        <p className="form-fault" role="alert">
          {empty ? words.viewNameNeeded : act.error === null ? '' : sentence(act.error)}
        </p>
        <DialogButtons verb={words.save} busy={act.busy} onClose={onClose} />
      </form>
    </Dialog>
  );
}
