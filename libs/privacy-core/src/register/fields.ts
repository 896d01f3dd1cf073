import type { PersonalKind, Tier } from '../declaration/facets.js';
import type { MaskKind } from '../values/mask.js';

/** A value a function may need. The register, consents, masks and screens name it by this code. */
export type FieldCode =
  | 'chat.message'
  | 'chat.note'
  | 'contact.name'
  | 'contact.mobile'
  | 'contact.email'
  | 'contact.wechat'
  | 'contact.address'
  | 'media.voice'
  | 'media.picture'
  | 'media.video'
  | 'media.file'
  | 'media.location';

/** What a field is, before any tenant has said anything about it. */
export interface FieldDefinition {
  readonly code: FieldCode;
  readonly kind: PersonalKind;
  /** The lowest tier a tenant may give it. */
  readonly tier: Tier;
  readonly mask: MaskKind;
  /** Where it lies (`table.column`); empty for a field whose store comes with a later function. */
  readonly columns: readonly string[];
  /**
   * Sensitive by what it is, and yet the very thing its basic function consists of: nobody can chat without it, and
   * agreeing to the conversation names nothing else. It needs no consent beside that one, all other protection stays.
   */
  readonly isTheFunction?: true;
}

/** Every field, tiered by the register of CRM fields and the union of the sensitive lists (P-0401, C-37). */
export const FIELDS: readonly FieldDefinition[] = [
  {
    code: 'chat.message',
    kind: 'content.message',
    tier: 'T3',
    mask: 'none',
    columns: ['chat_message.body', 'chat_draft.message', 'chat_scheduled_reply.body'],
    isTheFunction: true,
  },
  {
    code: 'chat.note',
    kind: 'content.note',
    tier: 'T3',
    mask: 'none',
    columns: ['chat_change.body', 'chat_draft.note'],
    isTheFunction: true,
  },
  { code: 'contact.name', kind: 'identity.name', tier: 'T2', mask: 'name', columns: ['crm_contact.name'] },
  { code: 'contact.mobile', kind: 'contact.mobile', tier: 'T2', mask: 'mobile', columns: ['crm_contact.mobile'] },
  { code: 'contact.email', kind: 'contact.email', tier: 'T2', mask: 'email', columns: ['crm_contact.email'] },
  {
    code: 'contact.wechat',
    kind: 'contact.social-handle',
    tier: 'T2',
    mask: 'handle',
    columns: ['crm_contact.wechat'],
  },
  { code: 'contact.address', kind: 'contact.address', tier: 'T3', mask: 'address', columns: ['crm_contact.address'] },
  { code: 'media.voice', kind: 'content.file', tier: 'T3', mask: 'none', columns: [] },
  { code: 'media.picture', kind: 'content.file', tier: 'T3', mask: 'none', columns: [] },
  { code: 'media.video', kind: 'content.file', tier: 'T3', mask: 'none', columns: [] },
  { code: 'media.file', kind: 'content.file', tier: 'T3', mask: 'none', columns: [] },
  { code: 'media.location', kind: 'location.position', tier: 'T3', mask: 'none', columns: [] },
];

const BY_CODE: ReadonlyMap<string, FieldDefinition> = new Map(FIELDS.map((field) => [field.code, field]));

/** The definition of `code`, undefined for a word that is no field. */
export function fieldDefinition(code: string): FieldDefinition | undefined {
  return BY_CODE.get(code);
}
