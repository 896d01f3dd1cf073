import { ArrowDownOutlined, ArrowUpOutlined, TagsOutlined } from '@ant-design/icons';
import type { Label, LabelEdit } from '@libs/contracts';
import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../forms/use-act.js';
import { listsApi } from '../session/api.js';
import { SettingsPage } from '../settings/settings-frame.js';
import { Failed, Loading, Nothing } from '../shell/page.js';
import { useListErrors, useListWords } from '../words/lists/use-list-words.js';
import { DeleteLabel } from './delete-label.js';
import { LabelChip } from './label-chip.js';
import { LabelDialog } from './label-dialog.js';
import { useLabels, useRefreshLabels } from './use-labels.js';

type Task = { readonly what: 'edit' | 'delete'; readonly label: Label } | { readonly what: 'new' };

/** The labels of the workspace: names, colours, order. */
export function LabelsPage() {
  const words = useListWords();
  const query = useLabels();
  const [task, setTask] = useState<Task>();
  const labels = query.data?.items ?? [];
  const state = query.data ? (labels.length === 0 ? 'empty' : 'ready') : query.error ? 'error' : 'loading';
  const close = () => setTask(undefined);
  const create = (
    <Button type="primary" onClick={() => setTask({ what: 'new' })}>
      {words.newLabel}
    </Button>
  );
  return (
    <SettingsPage screen="labels" state={state} title={words.labels} aside={create}>
      <p className="quiet">{words.labelsIntro}</p>
      {state === 'loading' && <Loading rows={6} shape="lines" />}
      {query.error && <Failed error={query.error} retry={() => void query.refetch()} />}
      {state === 'empty' && <Nothing text={words.noLabelsYet} icon={<TagsOutlined aria-hidden />} />}
      {labels.length > 0 && <LabelRows labels={labels} onTask={setTask} />}
      {task?.what === 'new' && <LabelDialog onClose={close} />}
      {task?.what === 'edit' && <LabelDialog label={task.label} onClose={close} />}
      {task?.what === 'delete' && <DeleteLabel label={task.label} onClose={close} />}
    </SettingsPage>
  );
}

interface RowsProps {
  readonly labels: readonly Label[];
  readonly onTask: (task: Task) => void;
}

function LabelRows({ labels, onTask }: RowsProps) {
  const sentence = useListErrors();
  const refresh = useRefreshLabels();
  const act = useAct();
  const edit = (label: Label, change: LabelEdit) =>
    void act.run(() => listsApi.editLabel(label.id, change).finally(refresh));
  return (
    <>
      {act.error !== null && (
        <p role="alert" className="bar bar-error">
          {sentence(act.error)}
        </p>
      )}
      <ul className="label-rows" aria-busy={act.busy}>
        {labels.map((label, at) => (
          <LabelRow
            key={label.id}
            label={label}
            onTask={onTask}
            onArchive={() => edit(label, { archived: !label.archived })}
            {...(at === 0 ? {} : { onUp: () => edit(label, { order: at - 1 }) })}
            {...(at === labels.length - 1 ? {} : { onDown: () => edit(label, { order: at + 1 }) })}
          />
        ))}
      </ul>
    </>
  );
}

interface RowProps extends Pick<RowsProps, 'onTask'> {
  readonly label: Label;
  readonly onArchive: () => void;
  readonly onUp?: () => void;
  readonly onDown?: () => void;
}

function LabelRow({ label, onTask, onArchive, onUp, onDown }: RowProps) {
  const words = useListWords();
  return (
    <li className="label-row">
      <span className="label-row-main">
        <LabelChip label={label} />
        {label.archived && <span className="meta">{words.archived}</span>}
      </span>
      <span className="label-order">
        <Button
          type="text"
          icon={<ArrowUpOutlined aria-hidden />}
          aria-label={words.moveUp}
          disabled={!onUp}
          onClick={onUp}
        />
        <Button
          type="text"
          icon={<ArrowDownOutlined aria-hidden />}
          aria-label={words.moveDown}
          disabled={!onDown}
          onClick={onDown}
        />
      </span>
      <span className="button-row">
        <Button onClick={() => onTask({ what: 'edit', label })}>{words.edit}</Button>
        <Button className="label-keep" title={words.archiveEffect} onClick={onArchive}>
          {label.archived ? words.restore : words.archive}
        </Button>
        <Button onClick={() => onTask({ what: 'delete', label })}>{words.deleteLabel}</Button>
      </span>
    </li>
  );
}
