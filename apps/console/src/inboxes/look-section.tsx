import { type BrandContrast, brandWays, type InboxLookChoice, isColour } from '@libs/contracts';
import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { Field } from '../forms/field.js';
import type { DraftEditing } from './use-inbox-draft.js';
import { useInboxWords } from './words/use-inbox-words.js';

/** Colour with its contrast, theme and place of the launcher. */
export function LookSection({ editing }: { readonly editing: DraftEditing }) {
  const words = useInboxWords();
  const { look } = editing.values;
  const set = (change: Partial<InboxLookChoice>): void => editing.set({ look: { ...look, ...change } });
  return (
    <>
      <BrandField look={look} set={set} />
      <Choose
        label={words.mode}
        value={look.mode}
        options={['auto', 'light', 'dark']}
        words={words.modes}
        onChange={(mode) => set({ mode })}
      />
      <Choose
        label={words.side}
        value={look.side}
        options={['right', 'left']}
        words={words.sides}
        onChange={(side) => set({ side })}
      />
      <div className="pair-row">
        <Distance label={words.offsetX} value={look.offsetX} onChange={(offsetX) => set({ offsetX })} />
        <Distance label={words.offsetY} value={look.offsetY} onChange={(offsetY) => set({ offsetY })} />
      </div>
    </>
  );
}

interface BrandProps {
  readonly look: InboxLookChoice;
  readonly set: (change: Partial<InboxLookChoice>) => void;
}

function BrandField({ look, set }: BrandProps) {
  const words = useInboxWords();
  const [typed, setTyped] = useState(look.brand);
  const shown = isColour(typed) && typed.toUpperCase() !== look.brand.toUpperCase() ? look.brand : typed;
  function change(text: string): void {
    setTyped(text);
    if (isColour(text))
      set({ brand: text.toUpperCase(), contrast: brandWays(text).whiteRatio >= 4.5 ? 'keep' : brandWays(text).preset });
  }
  return (
    <>
      <div className="brand-row">
        <input
          type="color"
          className="brand-swatch"
          aria-label={words.brand}
          value={look.brand.toLowerCase()}
          onChange={(event) => change(event.target.value.toUpperCase())}
        />
        <Field id="inbox-brand" label={words.brand} error={isColour(shown) ? '' : words.colourWrong}>
          <Input value={shown} maxLength={7} onChange={(event) => change(event.target.value)} />
        </Field>
      </div>
      <Contrast look={look} set={set} />
    </>
  );
}

function Contrast({ look, set }: BrandProps) {
  const words = useInboxWords();
  const ways = brandWays(look.brand);
  const ratio = (value: number): string => value.toFixed(2);
  if (ways.whiteRatio >= 4.5) return <p className="form-hint">{words.whiteWorks(ratio(ways.whiteRatio))}</p>;
  const texts: Record<BrandContrast, string> = {
    keep: words.keepColour(ratio(ways.blackRatio)),
    shade: words.shadeInstead(ways.shade, ratio(ways.shadeRatio)),
  };
  return (
    <fieldset className="plain-fieldset">
      <legend>{words.contrast}</legend>
      <p className="contrast-warning">{words.whiteFails(ratio(ways.whiteRatio))}</p>
      {(['keep', 'shade'] as const).map((contrast) => (
        <label key={contrast} className="check">
          <input type="radio" name="contrast" checked={look.contrast === contrast} onChange={() => set({ contrast })} />
          <span>{texts[contrast]}</span>
        </label>
      ))}
    </fieldset>
  );
}

interface ChooseProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly T[];
  readonly words: Readonly<Record<string, string>>;
  readonly onChange: (value: T) => void;
}

export function Choose<T extends string>({ label, value, options, words, onChange }: ChooseProps<T>): ReactNode {
  return (
    <label className="form-row">
      <span className="label">{label}</span>
      <select className="native-select" value={value} onChange={(event) => onChange(event.target.value as T)}>
        {options.map((option) => (
          <option key={option} value={option}>
            {words[option]}
          </option>
        ))}
      </select>
    </label>
  );
}

interface DistanceProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function Distance({ label, value, onChange }: DistanceProps) {
  const bounded = (text: string): number => Math.min(200, Math.max(0, Math.round(Number(text) || 0)));
  return (
    <label className="form-row">
      <span className="label">{label}</span>
      <input
        className="native-input"
        type="number"
        min={0}
        max={200}
        value={value}
        onChange={(event) => onChange(bounded(event.target.value))}
      />
    </label>
  );
}
