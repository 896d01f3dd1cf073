import { Button } from 'antd';
import { useSettingsWords } from '../words/settings/use-settings-words.js';
import './dialog.css';

interface DialogButtonsProps {
  readonly verb: string;
  readonly busy?: boolean;
  readonly onClose: () => void;
  /** Absent where the form around it is sent. */
  readonly onAct?: () => void;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  /** False where something is filled in above. */
  readonly focused?: boolean;
}

/** The foot of a dialog: the way back, which has the focus where there is nothing to fill in, and the act by its verb. */
export function DialogButtons(props: DialogButtonsProps) {
  const { verb, onClose, onAct, busy = false, danger = false, disabled = false, focused = onAct !== undefined } = props;
  const words = useSettingsWords();
  const act = onAct ? { onClick: onAct } : ({ htmlType: 'submit' } as const);
  return (
    <div className="button-row dialog-buttons">
      <Button autoFocus={focused} onClick={onClose}>
        {words.cancel}
      </Button>
      <Button type="primary" danger={danger} disabled={disabled} loading={busy} {...act}>
        {verb}
      </Button>
    </div>
  );
}

/** The foot of a dialog that asks nothing, or whose acts stand above. */
export function DialogClose({ label, onClose }: { readonly label: string; readonly onClose: () => void }) {
  return (
    <div className="button-row dialog-buttons">
      <Button onClick={onClose}>{label}</Button>
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
