import type { ConversationSummary, Label } from '@libs/contracts';
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { listsApi } from '../session/api.js';
import { rights } from '../session/rights.js';
import { useMe } from '../session/session.js';
import { Dialog } from '../shell/dialog.js';
import { DialogClose } from '../shell/dialog-buttons.js';
import { useListErrors, useListWords } from '../words/lists/use-list-words.js';
import { useLabels, useRefreshLabels, useSetLabel } from './use-labels.js';
import './labels.css';

interface PickerProps {
  readonly row: ConversationSummary;
  readonly onClose: () => void;
}

/** Puts labels on and takes them off; whoever may makes one that is missing. */
export function LabelPicker({ row, onClose }: PickerProps) {
  const words = useListWords();
  const sentence = useListErrors();
  const labels = useLabels();
  const set = useSetLabel(row);
  const [wanted, setWanted] = useState('');
  const named = wanted.trim().toLowerCase();
  const has = (label: Label) => row.labels.some(({ id }) => id === label.id);
  const found = (labels.data?.items ?? []).filter(
    (label) => (!label.archived || has(label)) && label.name.toLowerCase().includes(named),
  );
  const toggle = (label: Label) => set.mutate({ label, on: !has(label) });
  const first = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (named !== '' && found[0]) toggle(found[0]);
  };
  const error = set.error ?? labels.error;
  return (
    <Dialog title={words.editLabels} onClose={onClose}>
      <input
        type="search"
        className="label-search"
        aria-label={words.findLabel}
        placeholder={words.findLabel}
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
        onKeyDown={first}
      />
      {error && (
        <p role="alert" className="bar bar-error">
          {sentence(error)}
        </p>
      )}
      <div className="label-options" aria-busy={labels.isPending}>
        {found.map((label) => (
          <label key={label.id} className="label-option">
            <input type="checkbox" checked={has(label)} onChange={() => toggle(label)} />
            <span className={`label-dot label-${label.colour}`} aria-hidden />
            <bdi className="label-name">{label.name}</bdi>
          </label>
        ))}
        {labels.isSuccess && found.length === 0 && (
          <p className="meta">{named === '' ? words.noLabelsHere : words.noLabelFound}</p>
        )}
      </div>
      <Create
        name={wanted.trim()}
        known={labels.data?.items ?? []}
        onMade={(label) => set.mutate({ label, on: true })}
      />
      <DialogClose label={words.close} onClose={onClose} />
    </Dialog>
  );
}

interface CreateProps {
  readonly name: string;
  readonly known: readonly Label[];
  readonly onMade: (label: Label) => void;
}

function Create({ name, known, onMade }: CreateProps) {
  const me = useMe();
  const words = useListWords();
  const sentence = useListErrors();
  const refresh = useRefreshLabels();
  const create = useMutation<Label, Error, string>({
    mutationFn: (wish) => listsApi.createLabel({ name: wish, colour: 'blue' }),
    onSuccess: onMade,
    onSettled: refresh,
  });
  const same = known.some((label) => label.name.toLowerCase() === name.toLowerCase());
  if (name === '' || same || !rights.arrange(me.role)) return null;
  return (
    <>
      <Button loading={create.isPending} onClick={() => create.mutate(name)}>
        {words.createNamed(name)}
      </Button>
      {create.error && (
        <p role="alert" className="bar bar-error">
          {sentence(create.error)}
        </p>
      )}
    </>
  );
}
