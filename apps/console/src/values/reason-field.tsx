import { type Ref, useId } from 'react';

const LONGEST = 200;

interface ReasonProps {
  readonly label: string;
  /** What is missing; said below the field once somebody tried without it. */
  readonly fault: string | null;
  readonly value: string;
  /** So that the form can lead back to it. */
  readonly field: Ref<HTMLTextAreaElement>;
  readonly onChange: (value: string) => void;
}

/** Why somebody wants to see values, in their own words. */
export function ReasonField({ label, fault, value, field, onChange }: ReasonProps) {
  const id = useId();
  return (
    <div className="form-row">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        ref={field}
        className="native-input"
        maxLength={LONGEST}
        value={value}
        aria-invalid={fault !== null}
        aria-describedby={fault === null ? undefined : `${id}-fault`}
        onChange={(event) => onChange(event.target.value)}
      />
      {fault !== null && (
        <p id={`${id}-fault`} className="form-fault">
          {fault}
        </p>
      )}
    </div>
  );
}
