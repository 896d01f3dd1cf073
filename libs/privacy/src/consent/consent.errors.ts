import { UserError } from '@libs/kernel';
import type { ActFault, Ground } from '@libs/privacy-core';

const FAULTS: Readonly<Record<ActFault, readonly [status: number, sentence: string]>> = {
  'consent-bundled': [422, 'One act decides about one thing'],
  'consent-not-express': [422, 'Nothing is agreed without an express yes'],
  'consent-scope-unknown': [422, 'There is nothing of this name to decide about'],
  'notice-unknown': [422, 'There is no such notice'],
  'policy-superseded': [409, 'The notice has changed'],
};

/** The refusal that the rules name. */
export function actRefused(fault: ActFault): UserError {
  const [status, sentence] = FAULTS[fault];
  return new UserError(`privacy.${fault}`, sentence, { status });
}

/** Refusals of the book; closed list. */
export const consentErrors = {
  required: (fields?: string) =>
    new UserError('privacy.consent-required', 'The person has not agreed to this', {
      status: 403,
      ...(fields === undefined ? {} : { details: { fields } }),
    }),
  functionOff: (fields?: string) =>
    new UserError('privacy.function-off', 'The workspace has no function that uses this', {
      status: 422,
      ...(fields === undefined ? {} : { details: { fields } }),
    }),
  notGiven: () =>
    new UserError('privacy.consent-not-given', 'What was never agreed to cannot be withdrawn', { status: 404 }),
  notYours: () => new UserError('privacy.consent-not-yours', 'Somebody else decides about this', { status: 403 }),
  nonceReused: () => new UserError('privacy.consent-replayed', 'This act was about something else', { status: 409 }),
  overtaken: () => new UserError('privacy.consent-replayed', 'The person has decided otherwise since', { status: 409 }),
  invalid: (field: string) =>
    new UserError('privacy.consent-invalid', 'The act does not have the documented form', {
      status: 422,
      details: { field },
    }),
  alreadyAsked: () => new UserError('privacy.already-asked', 'The person has been asked', { status: 409 }),
  refusedBefore: () => new UserError('privacy.refused-before', 'The person has refused this', { status: 409 }),
  notNeeded: () => new UserError('privacy.consent-not-needed', 'The person has agreed to this', { status: 409 }),
} as const;

/** The refusal of a write or an opened value without a ground. What no function uses, no consent opens (P-0302). */
export function groundRefused({ reason }: Extract<Ground, { allowed: false }>, fields?: string): UserError {
  if (reason === 'purpose') return consentErrors.functionOff(fields);
  return reason === 'superseded' ? actRefused('policy-superseded') : consentErrors.required(fields);
}

/** The slip was used before: the first message had been stored and only its answer was lost. */
export class SlipUsed extends UserError {
  constructor() {
    super('chat.slip-used', 'This slip has opened a conversation before', { status: 200 });
  }
}
