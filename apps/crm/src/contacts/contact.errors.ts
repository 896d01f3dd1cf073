import { type FieldRefusal, FieldsRefusedError, InvalidInputError } from '@libs/http';
import { type LastChange, OvertakenError, UserError } from '@libs/kernel';

/** Refusals about contacts; closed list. Unknown, foreign and out of reach are the same. */
export const contactErrors = {
  notFound: () => new UserError('crm.contact-not-found', 'There is no such contact.', { status: 404 }),
  conversationNotFound: () =>
    new UserError('crm.conversation-not-found', 'You have no such conversation with this person.', { status: 404 }),
  cursor: () => new UserError('crm.cursor-invalid', 'This is no cursor of the list.', { status: 422 }),
  changed: (last: LastChange, version: number) =>
    new OvertakenError('crm.contact-changed', 'Somebody else has changed this contact meanwhile.', last, { version }),
  searchLimit: (limit: number, retryAt: number) =>
    new UserError('crm.search-limit', 'No more people can be looked for now.', {
      status: 429,
      details: { limit, retryAt },
    }),
  empty: () => new UserError('crm.field-empty', 'There is nothing in this field.', { status: 404 }),
  permission: (permission: string) =>
    new UserError('http.permission-missing', 'Your role does not allow this.', {
      status: 403,
      details: { permission },
    }),
  hidden: () => new UserError('crm.field-hidden', 'Your role does not see this field.', { status: 403 }),
  hiddenFields: (fields: readonly string[]) =>
    new FieldsRefusedError(
      'crm.field-hidden',
      'Your role does not see these fields.',
      fields.map((field) => ({ field, reason: 'no-permission' })),
    ),
  reasonMissing: () => new InvalidInputError([{ field: 'reason', rule: 'isNotEmpty' }]),
  noteMissing: () => new InvalidInputError([{ field: 'note', rule: 'isNotEmpty' }]),
  noGround: (refusals: readonly FieldRefusal[]) =>
    refusals.some(({ reason }) => reason === 'purpose')
      ? new FieldsRefusedError('privacy.function-off', 'The workspace has no function that uses this.', refusals, 422)
      : new FieldsRefusedError('privacy.consent-required', 'The person has not agreed to this.', refusals),
  approvalUnfit: () =>
    new UserError('privacy.approval-required', 'This needs the agreement of a second person to exactly this.', {
      status: 403,
    }),
  consentNotNeeded: () =>
    new UserError('privacy.consent-not-needed', 'There is no consent to ask for here.', { status: 409 }),
  refusedBefore: () =>
    new UserError('privacy.refused-before', 'The person has said no and is not asked again.', { status: 409 }),
} as const;
