interface ChoiceButtonsProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [T, string])[];
  readonly onChange: (value: T) => void;
}

/** A row of buttons of which one is pressed. */
export function ChoiceButtons<T extends string>({ label, value, options, onChange }: ChoiceButtonsProps<T>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a box and a legend around four small buttons
    <div role="group" aria-label={label} className="choice-buttons">
      {options.map(([option, text]) => (
        <button key={option} type="button" aria-pressed={option === value} onClick={() => onChange(option)}>
          {text}
        </button>
      ))}
    </div>
  );
}
