import { ApiError } from '@libs/api-client';
import {
  CANNED_VARIABLES,
  type CannedLocale,
  type CannedOwner,
  type CannedResponse,
  fillVariables,
  LIMITS,
} from '@libs/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { Input } from 'antd';
import { type FormEvent, useId, useRef, useState } from 'react';
import type { ToldField } from '../forms/changed-fields.js';
import { ConflictChoice } from '../forms/conflict.js';
import { Field } from '../forms/field.js';
import { isOvertaken } from '../forms/overtaken.js';
import { useAct } from '../forms/use-act.js';
import { wordsApi } from '../session/api.js';
import { Dialog } from '../shell/dialog.js';
import { DialogButtons, Refused } from '../shell/dialog-buttons.js';
import { safeText } from '../words/format.js';
import { useWritingErrors } from '../words/writing/use-writing-errors.js';
import { useWritingWords } from '../words/writing/use-writing-words.js';
import type { WritingWords } from '../words/writing/vocabulary.js';
import { replaced } from '../writing/suggestion.js';
import { useCanned } from '../writing/use-canned.js';
import { select } from '../writing/use-suggestions.js';

interface CannedDialogProps {
  /** Absent: a new one. */
  readonly canned?: CannedResponse;
  readonly mayShare: boolean;
  readonly onClose: () => void;
}

interface Wish {
  readonly shortcut: string;
  readonly title: string;
  readonly text: string;
  readonly locale: CannedLocale | null;
  readonly position: number;
  readonly owner: CannedOwner;
}

/** Which field a refusal is about. */
const PLACES: Readonly<Record<string, 'shortcut' | 'title' | 'text'>> = {
  'chat.canned-shortcut-taken': 'shortcut',
  'chat.canned-shortcut-invalid': 'shortcut',
  'chat.canned-title-invalid': 'title',
  'chat.canned-text-empty': 'text',
  'chat.canned-text-too-long': 'text',
  'chat.variable-unknown': 'text',
};

/** One canned response, with what it will look like. */
export function CannedDialog({ canned, mayShare, onClose }: CannedDialogProps) {
  const words = useWritingWords();
  const sentence = useWritingErrors();
  const client = useQueryClient();
  const query = useCanned();
  const act = useAct();
  const [wish, setWish] = useState<Wish>(() => wishOf(canned, mayShare));
  // That of the beginning, until somebody chooses: a retry neither overwrites unasked nor fails for ever.
  const [base, setBase] = useState(canned);
  const place = act.error instanceof ApiError ? PLACES[act.error.code] : undefined;
  const fault = (name: string) => (place === name ? sentence(act.error) : '');
  const change = (part: Partial<Wish>) => setWish((before) => ({ ...before, ...part }));

  function save(over: number): void {
    const { owner, ...text } = wish;
    void act.run(async () => {
      const saving = canned ? wordsApi.editCanned(canned.id, { ...text, version: over }) : wordsApi.createCanned(wish);
      await saving.finally(() => client.invalidateQueries({ queryKey: ['canned'] }));
      onClose();
    });
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    save(base?.version ?? 0);
  }
  function begin(now: CannedResponse): void {
    setWish(wishOf(now, mayShare));
    setBase(now);
    act.forget();
  }
  return (
    <Dialog title={canned ? words.cannedEdit : words.cannedNew} onClose={onClose}>
      <form className="dialog-form canned-form" onSubmit={submit} noValidate>
        {isOvertaken(act.error) ? (
          <ConflictChoice
            error={act.error}
            before={base}
            fields={toldOf(words)}
            read={async () => (await query.refetch()).data?.items.find(({ id }) => id === canned?.id)}
            onMine={(now) => save(now.version)}
            onTheirs={begin}
          />
        ) : (
          <Refused why={act.error !== null && place === undefined ? sentence(act.error) : undefined} />
        )}
        <ShortcutPart
          shortcut={wish.shortcut}
          error={fault('shortcut')}
          onChange={(shortcut) => change({ shortcut })}
        />
        <Field id="canned-title" label={words.title} error={fault('title')} needed>
          <Input dir="auto" autoComplete="off" value={wish.title} onChange={(e) => change({ title: e.target.value })} />
        </Field>
        <TextPart text={wish.text} error={fault('text')} onChange={(text) => change({ text })} />
        <Choices wish={wish} isNew={canned === undefined} mayShare={mayShare} onChange={change} />
        <DialogButtons verb={words.save} busy={act.busy} onClose={onClose} />
      </form>
    </Dialog>
  );
}

/** What is said of a response that somebody else changed. */
function toldOf(words: WritingWords): readonly ToldField<CannedResponse>[] {
  const languages = { 'zh-CN': words.zhCn, en: words.en };
  return [
    { label: words.shortcut, of: ({ shortcut }) => shortcut, text: ({ shortcut }) => `/${shortcut}` },
    { label: words.title, of: ({ title }) => title, text: ({ title }) => title },
    { label: words.text, of: ({ text }) => text, text: ({ text }) => text },
    {
      label: words.language,
      of: ({ locale }) => locale,
      text: ({ locale }) => (locale === null ? words.anyLanguage : languages[locale]),
    },
    { label: words.order, of: ({ position }) => position, text: ({ position }) => String(position) },
  ];
}

function wishOf(canned: CannedResponse | undefined, mayShare: boolean): Wish {
  if (!canned) {
    return { shortcut: '', title: '', text: '', locale: null, position: 100, owner: mayShare ? 'workspace' : 'me' };
  }
  const { shortcut, title, text, locale, position, owner } = canned;
  return { shortcut, title, text, locale, position, owner };
}

interface ShortcutPartProps {
  readonly shortcut: string;
  readonly error: string;
  readonly onChange: (shortcut: string) => void;
}

function ShortcutPart({ shortcut, error, onChange }: ShortcutPartProps) {
  const words = useWritingWords();
  return (
    <Field id="canned-shortcut" label={words.shortcut} hint={words.shortcutHint} error={error} needed>
      <Input prefix="/" value={shortcut} autoComplete="off" onChange={(event) => onChange(event.target.value)} />
    </Field>
  );
}

interface TextPartProps {
  readonly text: string;
  readonly error: string;
  readonly onChange: (text: string) => void;
}

/** The text, the variables that may stand in it, and how it reads with them. */
function TextPart({ text, error, onChange }: TextPartProps) {
  const words = useWritingWords();
  const area = useRef<HTMLTextAreaElement>(null);
  const insert = (name: string) => {
    const { selectionStart: from, selectionEnd: to } = area.current!;
    const { text: next, caret } = replaced(text, from, to, `{{${name}}}`);
    onChange(next);
    requestAnimationFrame(() => select(area.current, [caret, caret]));
  };
  return (
    <>
      <Field id="canned-text" label={words.text} error={error} needed>
        <CannedArea areaRef={area} text={text} onChange={onChange} />
      </Field>
      <fieldset className="canned-variables">
        <legend className="meta">{words.insertVariable}</legend>
        {CANNED_VARIABLES.map((name) => (
          <button key={name} type="button" onClick={() => insert(name)}>
            {words.variables[name]}
          </button>
        ))}
      </fieldset>
      <div className="canned-preview">
        <p className="meta">{words.previewHint}</p>
        <p dir="auto" aria-label={words.preview} role="note">
          {safeText(fillVariables(text, words.samples))}
        </p>
      </div>
    </>
  );
}

interface AreaProps {
  readonly areaRef: React.RefObject<HTMLTextAreaElement | null>;
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** Given by the field around it; a native area has no state of its own for it. */
  readonly status?: 'error' | '';
}

function CannedArea({ areaRef, text, onChange, status: _status, ...rest }: AreaProps) {
  return (
    <textarea
      {...rest}
      ref={areaRef}
      className="canned-area"
      dir="auto"
      rows={5}
      maxLength={LIMITS.messageCharacters * 2}
      value={text}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

interface ChoicesProps {
  readonly wish: Wish;
  readonly isNew: boolean;
  readonly mayShare: boolean;
  readonly onChange: (part: Partial<Wish>) => void;
}

function Choices({ wish, isNew, mayShare, onChange }: ChoicesProps) {
  const words = useWritingWords();
  const id = useId();
  return (
    <div className="canned-choices">
      <label htmlFor={`${id}-for`}>
        {words.forWhom}
        <select
          id={`${id}-for`}
          className="native-select"
          disabled={!isNew || !mayShare}
          value={wish.owner}
          onChange={(event) => onChange({ owner: event.target.value as CannedOwner })}
        >
          <option value="workspace">{words.forAll}</option>
          <option value="me">{words.forMe}</option>
        </select>
      </label>
      <label htmlFor={`${id}-language`}>
        {words.language}
        <select
          id={`${id}-language`}
          className="native-select"
          value={wish.locale ?? ''}
          onChange={(event) =>
            onChange({ locale: event.target.value === '' ? null : (event.target.value as CannedLocale) })
          }
        >
          <option value="">{words.anyLanguage}</option>
          <option value="zh-CN">{words.zhCn}</option>
          <option value="en">{words.en}</option>
        </select>
      </label>
      <label htmlFor={`${id}-order`}>
        {words.order}
        <input
          id={`${id}-order`}
          className="canned-order"
          type="number"
          min={0}
          max={9999}
          title={words.orderHint}
          value={wish.position}
          onChange={(event) => onChange({ position: clamped(event.target.valueAsNumber) })}
        />
      </label>
    </div>
  );
}

function clamped(position: number): number {
  return Number.isFinite(position) ? Math.min(9_999, Math.max(0, Math.trunc(position))) : 0;
}
