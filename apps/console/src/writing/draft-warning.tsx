import { WarningOutlined } from '@ant-design/icons';
import { cardNumbers } from '@libs/contracts';
import { useWritingWords } from '../words/writing/use-writing-words.js';

interface WarningProps {
  readonly text: string;
  /** Nothing else holds it back. */
  readonly sendable: boolean;
  readonly onMask: () => void;
  readonly onSendAnyway: () => void;
}

/** What stands in one's own draft and perhaps should not go out; found in this page, told to nobody. */
export function DraftWarning({ text, sendable, onMask, onSendAnyway }: WarningProps) {
  const words = useWritingWords();
  const kinds = new Set(cardNumbers(text).map(({ kind }) => kind));
  if (kinds.size === 0) return null;
  const said = kinds.has('id-card')
    ? kinds.has('bank-card')
      ? words.draftBoth
      : words.draftIdCard
    : words.draftBankCard;
  return (
    <div className="draft-warning" role="alert">
      <WarningOutlined aria-hidden />
      <span>{said}</span>
      <span className="draft-warning-acts">
        <button type="button" className="plain-button" onClick={onMask}>
          {words.maskDraft}
        </button>
        <button type="button" className="plain-button" disabled={!sendable} onClick={onSendAnyway}>
          {words.sendAnyway}
        </button>
      </span>
    </div>
  );
}
