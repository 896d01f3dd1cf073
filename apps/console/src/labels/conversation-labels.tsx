import { TagsOutlined } from '@ant-design/icons';
import type { ConversationSummary } from '@libs/contracts';
import { Button } from 'antd';
import { useState } from 'react';
import { useKeys, useShownKey } from '../live/keys.js';
import { useListWords, useOtherListWords } from '../words/lists/use-list-words.js';
import { LabelChip } from './label-chip.js';
import { LabelPicker } from './label-picker.js';
import { useSetLabel } from './use-labels.js';

/** The labels of the open conversation; L edits them from anywhere in it. */
export function ConversationLabels({ row }: { readonly row: ConversationSummary }) {
  const words = useListWords();
  const other = useOtherListWords();
  const [open, setOpen] = useState(false);
  const set = useSetLabel(row);
  const { text: _text, ...keys } = useShownKey('L');
  const show = () => setOpen(true);
  useKeys({ L: { does: words.editLabels, also: other.editLabels, run: show } });
  return (
    <section className="conversation-labels" aria-label={words.labels}>
      <div className="conversation-labels-head">
        <h3>{words.labels}</h3>
        <Button
          type="text"
          icon={<TagsOutlined aria-hidden />}
          aria-label={words.editLabels}
          {...keys}
          onClick={show}
        />
      </div>
      {row.labels.length === 0 ? (
        <p className="meta">{words.noLabelsHere}</p>
      ) : (
        <div className="label-list">
          {row.labels.map((label) => (
            <LabelChip key={label.id} label={label} onRemove={() => set.mutate({ label, on: false })} />
          ))}
        </div>
      )}
      {open && <LabelPicker row={row} onClose={() => setOpen(false)} />}
    </section>
  );
}
