import { LABEL_COLOURS, LABEL_NAME_MOST, type Label, type LabelColour } from '@libs/contracts';
import { type FormEvent, useId, useState } from 'react';
import { useAct } from '../forms/use-act.js';
import { listsApi } from '../session/api.js';
import { Dialog } from '../shell/dialog.js';
import { DialogButtons, Refused } from '../shell/dialog-buttons.js';
import { useListErrors, useListWords } from '../words/lists/use-list-words.js';
import { useRefreshLabels } from './use-labels.js';

interface DialogProps {
  /** Absent for a new one. */
  readonly label?: Label;
  readonly onClose: () => void;
}

/** Name and colour of a label. */
export function LabelDialog({ label, onClose }: DialogProps) {
  const words = useListWords();
  const sentence = useListErrors();
  const refresh = useRefreshLabels();
  const act = useAct();
  const id = useId();
  const [name, setName] = useState(label?.name ?? '');
  const [colour, setColour] = useState<LabelColour>(label?.colour ?? 'blue');
  function submit(event: FormEvent): void {
    event.preventDefault();
    const save = label ? listsApi.editLabel(label.id, { name, colour }) : listsApi.createLabel({ name, colour });
    void act.run(() => save.finally(refresh).then(onClose));
  }
  return (
    <Dialog title={label ? words.editNamed(label.name) : words.newLabel} onClose={onClose}>
      <form className="dialog-form" onSubmit={submit} noValidate>
        <div className="form-row">
          <label htmlFor={id}>{words.name}</label>
          <input
            id={id}
            className="label-search"
            dir="auto"
            value={name}
            maxLength={LABEL_NAME_MOST}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        <fieldset className="label-colours">
          <legend>{words.colour}</legend>
          {LABEL_COLOURS.map((one) => (
            <label key={one}>
              <input type="radio" name="colour" checked={colour === one} onChange={() => setColour(one)} />
              <span className={`label-dot label-${one}`} aria-hidden />
              {words.colours[one]}
            </label>
          ))}
        </fieldset>
        <Refused why={act.error === null ? undefined : sentence(act.error)} />
        <DialogButtons verb={words.save} busy={act.busy} onClose={onClose} />
      </form>
    </Dialog>
  );
}
