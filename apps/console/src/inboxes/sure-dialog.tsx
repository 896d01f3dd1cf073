import { Input } from 'antd';
import { useState } from 'react';
import { Field } from '../forms/field.js';
import { useAct } from '../forms/use-act.js';
import { Dialog } from '../shell/dialog.js';
import { DialogButtons, Refused } from '../shell/dialog-buttons.js';
import { useInboxErrors, useInboxWords } from './words/use-inbox-words.js';

interface SureDialogProps {
  readonly title: string;
  readonly effect: string;
  readonly verb: string;
  /** Has to be typed by hand before the act: what cannot be undone. */
  readonly typed?: string;
  readonly onAct: () => Promise<unknown>;
  readonly onClose: () => void;
}

/** What the act does, its verb, and the focus on the way back. */
export function SureDialog({ title, effect, verb, typed, onAct, onClose }: SureDialogProps) {
  const words = useInboxWords();
  const [name, setName] = useState('');
  const sentence = useInboxErrors();
  const act = useAct();
  const ready = typed === undefined || name.trim() === typed;
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{effect}</p>
      {typed !== undefined && (
        <Field id="typed-name" label={words.endType} error="">
          <Input value={name} dir="auto" autoComplete="off" onChange={(event) => setName(event.target.value)} />
        </Field>
      )}
      <Refused why={act.error === null ? undefined : sentence(act.error)} />
      <DialogButtons
        {...{ verb, busy: act.busy, disabled: !ready, danger: typed !== undefined, onClose }}
        onAct={() => void act.run(() => onAct().then(onClose))}
      />
    </Dialog>
  );
}
