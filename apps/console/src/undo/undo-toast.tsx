import { UndoOutlined } from '@ant-design/icons';
import { ApiError } from '@libs/api-client';
import { useEffect, useSyncExternalStore } from 'react';
import { useKeys, useShownKey } from '../live/keys.js';
import { errorText } from '../words/error-text.js';
import { useOtherStateWords, useStateWords } from '../words/states/use-state-words.js';
import { useWords } from '../words/use-words.js';
import { OvertakenError, type ShownUndo } from './undo-slot.js';
import { undoSlot } from './use-undo.js';
import './undo-toast.css';

/** What was done a moment ago, and the way back. The region is there before it says anything, so that it is heard. */
export function UndoToast() {
  const words = useStateWords();
  const other = useOtherStateWords();
  const shown = useSyncExternalStore(undoSlot.shown.subscribe, undoSlot.shown.get);
  const run = () => void undoSlot.run();
  useKeys({ U: shown?.stage === 'offered' ? { does: words.undo, also: other.undo, run } : undefined }, 'everywhere');
  useEffect(() => () => undoSlot.clear(), []);
  return (
    <section
      className="undo-place"
      role="status"
      onPointerEnter={() => undoSlot.rest()}
      onPointerLeave={() => undoSlot.goOn()}
      onFocus={() => undoSlot.rest()}
      onBlur={() => undoSlot.goOn()}
    >
      {shown && (
        <p className="raised undo-toast" data-stage={shown.stage}>
          <Said shown={shown} />
          {(shown.stage === 'offered' || shown.stage === 'undoing') && (
            <UndoButton busy={shown.stage === 'undoing'} onPress={run} />
          )}
        </p>
      )}
    </section>
  );
}

function Said({ shown: { stage, text, error } }: { readonly shown: ShownUndo }) {
  const words = useStateWords();
  const all = useWords();
  if (stage === 'refused') return <span>{isOvertaken(error) ? words.undoRefused : errorText(error, all)}</span>;
  return <span>{stage === 'undone' ? words.undone : text}</span>;
}

/** Somebody else was at it meanwhile; anything else has words of its own. */
function isOvertaken(error: unknown): boolean {
  if (error instanceof OvertakenError) return true;
  return error instanceof ApiError && [403, 404, 409, 422].includes(error.status);
}

function UndoButton({ busy, onPress }: { readonly busy: boolean; readonly onPress: () => void }) {
  const words = useStateWords();
  const { text, ...aria } = useShownKey('U');
  return (
    <button type="button" className="undo-button" aria-disabled={busy} onClick={onPress} {...aria}>
      <UndoOutlined aria-hidden />
      {words.undo}
      {text !== undefined && <span className="undo-key">({text})</span>}
    </button>
  );
}
