/** One field of what is edited, as it can be told of: by its name, and by its value where a line says it. */
export interface ToldField<T> {
  readonly label: string;
  readonly of: (one: T) => unknown;
  /** As the page shows it; absent, or without an answer, where only the name is told. */
  readonly text?: (one: T) => string | undefined;
}

/** What somebody else changed meanwhile: the name of the field, and what it says now. */
export interface ChangedField {
  readonly label: string;
  /** Empty where the field was emptied. */
  readonly text?: string;
}

/** The fields that differ between the version that the editing began with and the one that is kept now. */
export function changedFields<T>(before: T, now: T, fields: readonly ToldField<T>[]): readonly ChangedField[] {
  return fields
    .filter(({ of }) => JSON.stringify(of(before)) !== JSON.stringify(of(now)))
    .map(({ label, text }) => {
      const told = text?.(now);
      return told === undefined ? { label } : { label, text: told };
    });
}
