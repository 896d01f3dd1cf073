import { Button } from 'antd';
import { useSettingsWords } from '../words/settings/use-settings-words.js';
import './dialog.css';

interface DialogButtonsProps {
  readonly verb: string;
  readonly busy: boolean;
  readonly onClose: () => void;
  /** Absent where the form around it is sent. */
  readonly onAct?: () => void;
  readonly danger?: boolean;
  readonly disabled?: boolean;
}

/** The foot of a dialog: the way back, which has the focus where there is nothing to fill in, and the act by its verb. */
export function DialogButtons({ verb, busy, onClose, onAct, danger = false, disabled = false }: DialogButtonsProps) {
  const words = useSettingsWords();
  const act = onAct ? { onClick: onAct } : ({ htmlType: 'submit' } as const);
  return (
    <div className="button-row dialog-buttons">
      <Button autoFocus={onAct !== undefined} onClick={onClose}>
        {words.cancel}
      </Button>
      <Button type="primary" danger={danger} disabled={disabled} loading={busy} {...act}>
        {verb}
      </Button>
    </div>
  );
}

/** Why an act was refused, said where it was asked for; nothing where it was not. */
export function Refused({ why }: { readonly why: string | undefined }) {
  if (why === undefined) return null;
  return (
    <p role="alert" className="bar bar-error">
      {why}
    </p>
  );
}
