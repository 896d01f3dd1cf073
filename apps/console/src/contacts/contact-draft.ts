import { ApiError } from '@libs/api-client';
import type {
  ContactDetail,
  ContactEdit,
  ContactField,
  ContactSaved,
  PersonalValue,
  WithheldBecause,
} from '@libs/contracts';
import { CONTACT_FIELDS } from '@libs/contracts';
import type { ChangedField } from '../forms/changed-fields.js';

/** A field that is being edited: what was typed, or that it shall be emptied. */
export interface FieldDraft {
  readonly text: string;
  readonly emptied: boolean;
}
export type Draft = Readonly<Partial<Record<ContactField, FieldDraft>>>;

/** What the editor starts with: the value where it is seen in plain, nothing where only a mask was sent. */
export function startDraft(value: PersonalValue): FieldDraft {
  return { text: value.face === 'plain' ? value.value : '', emptied: false };
}

/** True where saving would change something; an untouched mask changes nothing. */
export function isChanged(value: PersonalValue, draft: FieldDraft | undefined): boolean {
  if (!draft) return false;
  if (draft.emptied) return value.face !== 'empty';
  const text = draft.text.trim();
  return value.face === 'plain' ? text !== value.value : text !== '';
}

/** The fields that changed, as they are sent; a plain value that was deleted empties its field. */
export function editOf(contact: Pick<ContactDetail, 'fields'>, draft: Draft): ContactEdit['fields'] {
  const changed = CONTACT_FIELDS.filter((field) => isChanged(contact.fields[field], draft[field]));
  return Object.fromEntries(changed.map((field) => [field, sent(draft[field]!)]));
}

function sent({ text, emptied }: FieldDraft): string | null {
  const trimmed = text.trim();
  return emptied || trimmed === '' ? null : trimmed;
}

export interface SavedOutcome {
  /** What is still unsaved: exactly the refused fields, as they were typed. */
  readonly draft: Draft;
  /** The person may be asked about these. */
  readonly refused: readonly ContactField[];
  /** The person said no: asking again is not offered. */
  readonly closed: readonly ContactField[];
  /** No function of the workspace uses these: nobody can agree to them. */
  readonly off: readonly ContactField[];
  readonly saved: number;
}

const SAID_NO: readonly WithheldBecause[] = ['refused', 'withdrawn'];

/**
 * Whether to offer input. What the person has not agreed to could not be saved, so nobody is asked to type it: there the
 * way on is to ask the person. It is offered again once they agree.
 */
export function takesInput({ face }: PersonalValue): boolean {
  return face !== 'withheld' && face !== 'no-permission';
}

/** After saving the rest: refused fields stay as typed, the others leave the draft. */
export function outcomeOf(
  sentFields: ContactEdit['fields'],
  draft: Draft,
  { refused }: Pick<ContactSaved, 'refused'>,
): SavedOutcome {
  const names = refused.map(({ field }) => field);
  const because = (...reasons: readonly WithheldBecause[]) =>
    refused.filter(({ reason }) => reasons.includes(reason)).map(({ field }) => field);
  const [closed, off] = [because(...SAID_NO), because('purpose')];
  return {
    draft: Object.fromEntries(names.flatMap((field) => (draft[field] ? [[field, draft[field]]] : []))),
    refused: names.filter((field) => !closed.includes(field) && !off.includes(field)),
    closed,
    off,
    saved: Object.keys(sentFields).filter((field) => !names.includes(field as ContactField)).length,
  };
}

/** Fields that somebody has written between two looks at a contact, of those that could be seen both times. */
export function changedSince(before: ContactDetail['marks'], now: ContactDetail['marks']): readonly ContactField[] {
  return CONTACT_FIELDS.filter((field) => before[field] && now[field] && before[field] !== now[field]);
}

/** What may be told of a value that another has written: what this reader sees of it, which may be a mask, or nothing. */
export function seenAs(value: PersonalValue): Pick<ChangedField, 'text'> {
  if (value.face === 'empty') return { text: '' };
  return value.face === 'plain' || value.face === 'masked' ? { text: value.value } : {};
}

/** Of the refused fields those that the person has not been asked about since, and has not agreed to. */
export function stillToAsk(refused: readonly ContactField[], asking: ContactDetail['asking']): readonly ContactField[] {
  return refused.filter((field) => asking[field] === 'possible');
}

/** The person has not agreed, or no function of the workspace uses the field (P-0302). */
const NO_GROUND = ['privacy.consent-required', 'privacy.function-off'];

/** The fields that a refusal names; none for any other error. */
export function refusedIn(error: unknown): ContactSaved['refused'] {
  if (!(error instanceof ApiError) || !NO_GROUND.includes(error.code)) return [];
  return CONTACT_FIELDS.flatMap((field) => {
    const named = error.faults.find((fault) => fault.field === field);
    return named ? [{ field, reason: named.rule as WithheldBecause }] : [];
  });
}
