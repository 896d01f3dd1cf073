import { Button, Input } from 'antd';
import { useState } from 'react';
import { Field } from '../forms/field.js';
import { useAct } from '../forms/use-act.js';
import { Dialog } from '../shell/dialog.js';
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
      {act.error !== null && (
        <p role="alert" className="bar bar-error">
          {sentence(act.error)}
        </p>
      )}
      <div className="button-row dialog-buttons">
        <Button autoFocus onClick={onClose}>
          {words.cancel}
        </Button>
        <Button
          type="primary"
          danger={typed !== undefined}
          disabled={!ready}
          loading={act.busy}
          onClick={() => void act.run(() => onAct().then(onClose))}
        >
          {verb}
        </Button>
      </div>
    </Dialog>
  );
}
