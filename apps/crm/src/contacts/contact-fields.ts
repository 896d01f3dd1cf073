import { CONTACT_FIELDS, type ContactField } from '@libs/contracts';
import { type FieldSpec, field } from '@libs/privacy';
import type { FieldCode } from '@libs/privacy-core';

const TABLE = 'crm_contact';

/** The sealed column of each field; says the same as the declarations of the entity. */
export const CONTACT_SPECS: Readonly<Record<ContactField, FieldSpec>> = {
  name: field(
    TABLE,
    'name',
    'identity',
    ['support-conversation', 'customer-relations', 'marketing', 'subject-request'],
    'contact.name',
  ),
  mobile: field(TABLE, 'mobile', 'contact', ['customer-relations', 'marketing', 'subject-request'], 'contact.mobile'),
  email: field(TABLE, 'email', 'contact', ['customer-relations', 'marketing', 'subject-request'], 'contact.email'),
  wechat: field(TABLE, 'wechat', 'contact', ['customer-relations', 'subject-request'], 'contact.wechat'),
  address: field(TABLE, 'address', 'location', ['customer-relations', 'subject-request'], 'contact.address'),
};

/** Name of the field in register, consents and masks. */
export function codeOf(name: ContactField): FieldCode {
  return `contact.${name}`;
}

/** The field of a contact that `code` names. */
export function contactField(code: string): ContactField | undefined {
  return CONTACT_FIELDS.find((name) => codeOf(name) === code);
}

/** One value for each field. */
export function eachField<T>(value: (name: ContactField, at: number) => T): Readonly<Record<ContactField, T>> {
  return Object.fromEntries(CONTACT_FIELDS.map((name, at) => [name, value(name, at)])) as Record<ContactField, T>;
}
