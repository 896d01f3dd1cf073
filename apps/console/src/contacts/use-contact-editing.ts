import type { ContactDetail, ContactField, ContactSaved } from '@libs/contracts';
import { useState } from 'react';
import { isOvertaken } from '../forms/overtaken.js';
import { typedSince } from '../forms/typed-since.js';
import {
  changedSince,
  type Draft,
  editOf,
  type FieldDraft,
  outcomeOf,
  refusedIn,
  type SavedOutcome,
} from './contact-draft.js';
import { useSaveContact } from './contact-queries.js';

export interface ContactEditing {
  readonly draft: Draft;
  readonly count: number;
  readonly saving: boolean;
  /** Somebody saved the contact since the editing began. */
  readonly conflict: unknown;
  /** What another has written since the editing began. */
  readonly changed: readonly ContactField[];
  readonly error: unknown;
  readonly outcome: SavedOutcome | null;
  change(field: ContactField, draft: FieldDraft | undefined): void;
  save(): void;
  discard(): void;
  takeMine(): void;
  takeTheirs(): void;
}

/** What was typed and not saved yet, and against which version of the contact. */
function useDraft(contact: ContactDetail) {
  const [draft, setDraft] = useState<Draft>({});
  // Of the moment the editing began: a refresh in between must not hide a conflict.
  const [base, setBase] = useState<Pick<ContactDetail, 'version' | 'marks'> | null>(null);
  return {
    draft,
    version: base?.version ?? contact.version,
    changed: base ? changedSince(base.marks, contact.marks) : [],
    type: (field: ContactField, next: FieldDraft | undefined): void => {
      setBase((known) => known ?? contact);
      setDraft(({ [field]: _gone, ...rest }) => (next === undefined ? rest : { ...rest, [field]: next }));
    },
    /** The same words against the newest version. */
    rebase: (): void => setBase(null),
    /** What was typed while `sent` was being saved stays. */
    restart: (left: Draft, sent: Draft): void => {
      setDraft((now) => ({ ...left, ...typedSince(now, sent) }));
      setBase(null);
    },
    clear: (): void => {
      setDraft({});
      setBase(null);
    },
  };
}

/** Edits of one contact: typed here, saved together; what the server refuses stays typed. */
export function useContactEditing(contact: ContactDetail, refresh: () => Promise<unknown>): ContactEditing {
  const { draft, version, changed, type, rebase, restart, clear } = useDraft(contact);
  const [outcome, setOutcome] = useState<SavedOutcome | null>(null);
  const save = useSaveContact(contact.id);
  const fields = editOf(contact, draft);
  const conflict = isOvertaken(save.error);
  const onSuccess = (answer: ContactSaved): void => {
    const result = outcomeOf(fields, draft, answer);
    setOutcome(result);
    restart(result.draft, draft);
  };
  // Where nothing at all may be saved the server refuses the whole: the same outcome for who reads it.
  const onError = (error: unknown): void => {
    // The newest state, so that it can be said what changed; the draft stays on the state it began with.
    if (isOvertaken(error)) void refresh();
    const refused = refusedIn(error);
    if (refused.length === 0) return;
    setOutcome(outcomeOf(fields, draft, { refused }));
    save.reset();
  };
  const start = (): void => {
    setOutcome(null);
    save.reset();
  };
  return {
    ...{
      draft,
      outcome,
      conflict: conflict ? save.error : null,
      changed,
      count: Object.keys(fields).length,
      saving: save.isPending,
    },
    error: conflict ? null : save.error,
    change: (field, next) => {
      start();
      type(field, next);
    },
    save: () => save.mutate({ version, fields }, { onSuccess, onError }),
    discard: () => {
      start();
      clear();
    },
    takeMine: () => {
      void refresh().then(() => {
        rebase();
        save.reset();
      });
    },
    takeTheirs: () =>
      void refresh().then(() => {
        clear();
        save.reset();
      }),
  };
}
