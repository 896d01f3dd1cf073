import { Button } from 'antd';
import { type ChangeEvent, type RefObject, useRef, useState } from 'react';
import { useAct } from '../forms/use-act.js';
import { useMe } from '../session/session.js';
import { Refused } from '../shell/dialog-buttons.js';
import { OvertakenError } from '../undo/undo-slot.js';
import { useUndo } from '../undo/use-undo.js';
import { useSettingsErrors } from '../words/settings/use-settings-words.js';
import { RoundPicture } from './member-picture.js';
import { addressOf, squarePng, UnusablePictureError } from './square-png.js';
import { useOwnPicture, usePictureOf } from './use-pictures.js';
import { type PictureWords, usePictureWords } from './words/use-picture-words.js';

interface Chosen {
  readonly picture: Blob;
  readonly address: string;
}

/** What is kept, what was chosen and not kept yet, and the ways from one to the other. */
function usePictureEditing() {
  const words = usePictureWords();
  const undo = useUndo();
  const own = useOwnPicture();
  const { memberId } = useMe();
  const kept = usePictureOf(memberId);
  const act = useAct();
  const [chosen, setChosen] = useState<Chosen>();
  const [saved, setSaved] = useState(false);
  // From then on whoever uses the keys stays in this place, whichever buttons come and go.
  const [touched, setTouched] = useState(false);
  const choose = (file: Blob) =>
    act.run(async () => {
      setTouched(true);
      setSaved(false);
      setChosen(undefined);
      const picture = await squarePng(file);
      setChosen({ picture, address: await addressOf(picture) });
    });
  const keep = ({ picture }: Chosen) =>
    act.run(async () => {
      await own.keep(picture);
      setChosen(undefined);
      setSaved(true);
    });
  const remove = (address: string) =>
    act.run(async () => {
      setSaved(false);
      // What is taken back must be there to be put back.
      const before = await bytesAt(address);
      await own.remove();
      undo.offer(words.removed, async () => {
        if (await own.isThere()) throw new OvertakenError();
        await own.keep(before);
      });
    });
  const drop = () => {
    setSaved(false);
    act.forget();
    setChosen(undefined);
  };
  return { act, kept, chosen, saved, touched, choose, keep, remove, drop };
}

async function bytesAt(address: string): Promise<Blob> {
  const answer = await fetch(address, { credentials: 'same-origin' });
  if (!answer.ok) throw new OvertakenError();
  return answer.blob();
}

/** One's own picture: chosen, looked at, kept, replaced, taken away. */
export function PictureSection({ name }: { readonly name: string }) {
  const words = usePictureWords();
  const editing = usePictureEditing();
  const { act, kept, chosen, saved } = editing;
  const input = useRef<HTMLInputElement>(null);
  return (
    <section className="card" aria-labelledby="own-picture">
      <h2 id="own-picture">{words.title}</h2>
      <div className="picture-card">
        <RoundPicture src={chosen?.address ?? kept} name={name} size={96} />
        <div className="picture-acts">
          <p className="form-hint">{words.hint}</p>
          <FileInput input={input} onChoose={(file) => void editing.choose(file)} />
          {chosen ? (
            <ChosenActs editing={editing} chosen={chosen} />
          ) : (
            <KeptActs editing={editing} pick={() => input.current?.click()} />
          )}
          <p role="status" className="form-hint">
            {chosen ? words.preview : saved ? words.saved : ''}
          </p>
        </div>
      </div>
      <Why error={act.error} words={words} />
    </section>
  );
}

type Editing = ReturnType<typeof usePictureEditing>;

/** The browser's own dialog, opened by a button that says what it is for. */
function FileInput({
  input,
  onChoose,
}: {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly onChoose: (file: File) => void;
}) {
  function take(event: ChangeEvent<HTMLInputElement>): void {
    const [file] = event.target.files ?? [];
    // The same file again is a choice too.
    event.target.value = '';
    if (file) onChoose(file);
  }
  return (
    <input
      ref={input}
      type="file"
      accept="image/png,image/jpeg,image/webp"
      className="visually-hidden"
      tabIndex={-1}
      aria-hidden
      onChange={take}
    />
  );
}

function ChosenActs({ editing, chosen }: { readonly editing: Editing; readonly chosen: Chosen }) {
  const words = usePictureWords();
  return (
    <div className="button-row">
      <Button type="primary" autoFocus loading={editing.act.busy} onClick={() => void editing.keep(chosen)}>
        {words.use}
      </Button>
      <Button onClick={editing.drop}>{words.cancel}</Button>
    </div>
  );
}

function KeptActs({ editing, pick }: { readonly editing: Editing; readonly pick: () => void }) {
  const words = usePictureWords();
  const { kept, act, touched } = editing;
  const first = useRef<HTMLButtonElement>(null);
  const remove = (address: string) => void editing.remove(address).then(() => first.current?.focus());
  return (
    <div className="button-row">
      <Button ref={first} autoFocus={touched} loading={act.busy} onClick={pick}>
        {kept === undefined ? words.choose : words.replace}
      </Button>
      {kept !== undefined && (
        <Button disabled={act.busy} onClick={() => remove(kept)}>
          {words.remove}
        </Button>
      )}
    </div>
  );
}

function Why({ error, words }: { readonly error: unknown; readonly words: PictureWords }) {
  const sentence = useSettingsErrors();
  if (error === null) return null;
  if (!(error instanceof UnusablePictureError)) return <Refused why={sentence(error)} />;
  return (
    <Refused why={{ unreadable: words.unreadable, 'too-small': words.tooSmall, 'too-big': words.tooBig }[error.why]} />
  );
}
