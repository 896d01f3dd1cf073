import { CloseOutlined } from '@ant-design/icons';
import type { LabelRef } from '@libs/contracts';
import { safeText } from '../words/format.js';
import { useListWords } from '../words/lists/use-list-words.js';
import './labels.css';

interface ChipProps {
  readonly label: LabelRef;
  readonly onRemove?: () => void;
}

/** Its colour never stands alone: the name is beside it. */
export function LabelChip({ label, onRemove }: ChipProps) {
  const words = useListWords();
  return (
    <span className="label-chip" title={label.name}>
      <span className={`label-dot label-${label.colour}`} aria-hidden />
      <bdi className="label-name">{safeText(label.name)}</bdi>
      {onRemove && (
        <button type="button" className="label-off" aria-label={words.removeLabel(label.name)} onClick={onRemove}>
          <CloseOutlined aria-hidden />
        </button>
      )}
    </span>
  );
}

/** As many as fit on one line of a list row; the rest as a number. */
export function LabelLine({ labels }: { readonly labels: readonly LabelRef[] }) {
  const words = useListWords();
  if (labels.length === 0) return null;
  const shown = labels.slice(0, 2);
  const names = labels.map(({ name }) => name).join(' · ');
  return (
    <span className="label-line" title={names}>
      <span className="visually-hidden">{words.labels}</span>
      {shown.map((label) => (
        <LabelChip key={label.id} label={label} />
      ))}
      {labels.length > shown.length && <span className="meta">+{labels.length - shown.length}</span>}
    </span>
  );
}
