import type { ContactDetail, ContactField } from '@libs/contracts';
import { useState } from 'react';
import { type Draft, editOf, type FieldDraft, outcomeOf, refusedIn, type SavedOutcome } from './contact-draft.js';
import { isConflict, useSaveContact } from './contact-queries.js';

export interface ContactEditing {
  readonly draft: Draft;
  readonly count: number;
  readonly saving: boolean;
  readonly conflict: boolean;
  readonly error: unknown;
  readonly outcome: SavedOutcome | null;
  change(field: ContactField, draft: FieldDraft | undefined): void;
  save(): void;
  discard(): void;
  takeMine(): void;
  takeTheirs(): void;
}

/** Edits of one contact: typed here, saved together; what the server refuses stays typed. */
export function useContactEditing(contact: ContactDetail, refresh: () => Promise<unknown>): ContactEditing {
  const [draft, setDraft] = useState<Draft>({});
  const [outcome, setOutcome] = useState<SavedOutcome | null>(null);
  // Of the moment the editing began: a refresh in between must not hide a conflict.
  const [base, setBase] = useState<number | null>(null);
  const save = useSaveContact(contact.id);
  const fields = editOf(contact, draft);
  const conflict = isConflict(save.error);

  function forget(): void {
    setDraft({});
    setBase(null);
    save.reset();
  }

  return {
    draft,
    outcome,
    conflict,
    count: Object.keys(fields).length,
    saving: save.isPending,
    error: conflict ? null : save.error,
    change: (field, next) => {
      setOutcome(null);
      save.reset();
      setBase((known) => known ?? contact.version);
      setDraft(({ [field]: _gone, ...rest }) => (next === undefined ? rest : { ...rest, [field]: next }));
    },
    save: () => {
      save.mutate(
        { version: base ?? contact.version, fields },
        {
          onSuccess: (answer) => {
            const result = outcomeOf(fields, draft, answer);
            setOutcome(result);
            setDraft(result.draft);
            setBase(null);
          },
          onError: (error) => {
            // Where nothing at all may be saved the server refuses the whole: the same outcome for who reads it.
            const refused = refusedIn(error);
            if (refused.length === 0) return;
            setOutcome(outcomeOf(fields, draft, { refused }));
            save.reset();
          },
        },
      );
    },
    discard: () => {
      forget();
      setOutcome(null);
    },
    takeMine: () => {
      void refresh().then(() => {
        setBase(null);
        save.reset();
      });
    },
    takeTheirs: () => void refresh().then(forget),
  };
}
