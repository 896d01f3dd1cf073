import { plainText } from '@libs/auth';
import { brandColours, type InboxEdit, type InboxLookChoice } from '@libs/contracts';
import type { SqlValue } from '@libs/database';
import { type FieldFault, InvalidInputError } from '@libs/http';
import type { InboxLook } from './inbox-directory.js';
import { checkedOrigin } from './inbox-origins.js';
import type { InboxRecord } from './inbox-rows.js';

const NAME = 100;
const GREETING = 500;
const CONTACT = 200;
/** A colour that reads with white text. */
export const DEFAULT_CHOICE: InboxLookChoice = {
  ...{ brand: '#3654CC', contrast: 'keep', mode: 'auto' },
  ...{ side: 'right', offsetX: 20, offsetY: 20 },
};

/** What an inbox begins with: nothing that anybody would have to take back. */
export function firstLook(): InboxLook {
  return lookOf(
    { businessName: '', locales: ['zh-CN', 'en'], greeting: {}, phone: '', theme: emptyTheme() },
    DEFAULT_CHOICE,
  );
}

/** The columns that an edit writes, each under the name of its setting. */
export interface CheckedEdit {
  readonly fields: readonly string[];
  readonly columns: Readonly<Record<string, SqlValue>>;
}

/** The choices behind a stored look; looks of an older version know no more than their colour. */
export function choiceOf({ theme, chosen, place }: InboxLook): InboxLookChoice {
  return {
    brand: chosen?.brand ?? theme.brand,
    contrast: chosen?.contrast ?? 'keep',
    mode: theme.mode,
    side: place?.side ?? 'right',
    offsetX: place?.x ?? 20,
    offsetY: place?.y ?? 20,
  };
}

/** Checks an edit and says what it writes; throws with every setting that has a wrong form. */
export function checkedEdit(record: InboxRecord, edit: Omit<InboxEdit, 'version'>): CheckedEdit {
  const faults: FieldFault[] = [];
  const columns: Partial<
    Record<'name' | 'origins' | 'business_contact' | 'complaint_contact' | 'identity_mode' | 'look', SqlValue>
  > = {};
  if (edit.name !== undefined) columns.name = text(faults, 'name', edit.name, NAME);
  if (edit.origins !== undefined) columns.origins = origins(faults, edit.origins).join('\n');
  if (edit.businessContact !== undefined) {
    columns.business_contact = optional(faults, 'businessContact', edit.businessContact, CONTACT);
  }
  if (edit.complaintContact !== undefined) {
    columns.complaint_contact = optional(faults, 'complaintContact', edit.complaintContact, CONTACT);
  }
  if (edit.identityMode !== undefined) columns.identity_mode = edit.identityMode;
  const look = lookEdit(record.look, edit, faults);
  if (look) columns.look = JSON.stringify(look);
  if (faults.length > 0) throw new InvalidInputError(faults);
  return { fields: Object.keys(edit).sort(), columns: columns as Record<string, SqlValue> };
}

/** A name as it is kept. */
export function checkedName(name: string): string {
  const faults: FieldFault[] = [];
  const value = text(faults, 'name', name, NAME);
  if (faults.length > 0) throw new InvalidInputError(faults);
  return value;
}

function lookEdit(look: InboxLook, edit: Omit<InboxEdit, 'version'>, faults: FieldFault[]): InboxLook | undefined {
  const { look: choice, locales, greeting, phone, businessName } = edit;
  if ([choice, locales, greeting, phone, businessName].every((part) => part === undefined)) return undefined;
  const greetings = Object.entries(greeting ?? {}).map(([locale, words]) => [
    locale,
    optional(faults, `greeting.${locale}`, words, GREETING),
  ]);
  const next: InboxLook = {
    ...look,
    ...(locales === undefined ? {} : { locales: [...new Set(locales)] }),
    ...(greeting === undefined ? {} : { greeting: Object.fromEntries(greetings) }),
    ...(phone === undefined ? {} : { phone: optional(faults, 'phone', phone, 40) }),
    ...(businessName === undefined ? {} : { businessName: optional(faults, 'businessName', businessName, NAME) }),
  };
  return choice === undefined ? next : lookOf(next, choice);
}

function lookOf(look: InboxLook, choice: InboxLookChoice): InboxLook {
  const { brand, contrast, mode, side, offsetX, offsetY } = choice;
  return {
    ...look,
    theme: { ...brandColours(brand, contrast), mode },
    chosen: { brand: brand.toUpperCase(), contrast },
    place: { side, x: offsetX, y: offsetY },
  };
}

function emptyTheme(): InboxLook['theme'] {
  return { ...brandColours(DEFAULT_CHOICE.brand, 'keep'), mode: 'auto' };
}

function origins(faults: FieldFault[], typed: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const [at, one] of typed.entries()) {
    const checked = checkedOrigin(one);
    if ('rule' in checked) faults.push({ field: `origins[${at}]`, rule: checked.rule });
    else found.add(checked.origin);
  }
  return [...found];
}

function text(faults: FieldFault[], field: string, value: string, most: number): string {
  const checked = plainText(value, most);
  if ('value' in checked) return checked.value;
  faults.push({ field, rule: checked.rule });
  return '';
}

function optional(faults: FieldFault[], field: string, value: string, most: number): string {
  return value.trim() === '' ? '' : text(faults, field, value, most);
}
