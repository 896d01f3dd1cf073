import { UserError } from '@libs/kernel';

const refusal = (status: number, reason: string, message: string) =>
  new UserError(`privacy.${reason}`, message, { status });

export const approvalNotFound = () => refusal(404, 'approval-not-found', 'There is no such approval.');
export const selfApproval = () => refusal(403, 'self-approval', 'Somebody else has to decide about this.');
export const approvalExpired = () => refusal(403, 'approval-expired', 'This approval is older than 24 hours.');
export const approvalDecided = () => refusal(409, 'approval-decided', 'This approval is decided already.');
export const approvalUsed = () => refusal(409, 'approval-used', 'This approval has been used.');
export const approvalRequired = () =>
  refusal(403, 'approval-required', 'This needs the agreement of a second person to exactly this.');
/** Who agreed may not agree any more: they have left, or hold another role. */
export class DeciderGone extends UserError {
  constructor() {
    super('privacy.approval-required', 'Who agreed to this may not agree any more.', { status: 403 });
  }
}
export const approvalNotYours = () => refusal(403, 'approval-not-yours', 'Only who asked can take this back.');
export const approvalInvalid = (message: string) => refusal(422, 'approval-invalid', message);
export const subjectNotFound = () => refusal(404, 'subject-not-found', 'There is no such person.');
