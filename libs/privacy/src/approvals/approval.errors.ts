import { UserError } from '@libs/kernel';

const refusal = (status: number, reason: string, message: string) =>
  new UserError(`privacy.${reason}`, message, { status });

/** 404: none of that id in this workspace. */
export const approvalNotFound = () => refusal(404, 'approval-not-found', 'There is no such approval.');
/** 403: who asked may not decide. */
export const selfApproval = () => refusal(403, 'self-approval', 'Somebody else has to decide about this.');
/** 403: nobody decided, or nobody used it, within 24 hours. */
export const approvalExpired = () => refusal(403, 'approval-expired', 'This approval is older than 24 hours.');
/** 409: somebody was quicker. */
export const approvalDecided = () => refusal(409, 'approval-decided', 'This approval is decided already.');
/** 409: it counts once. */
export const approvalUsed = () => refusal(409, 'approval-used', 'This approval has been used.');
/** 403: no approval, or one for something else. */
export const approvalRequired = () =>
  refusal(403, 'approval-required', 'This needs the agreement of a second person to exactly this.');
/** Who agreed may not agree any more: they have left, or hold another role. */
export class DeciderGone extends UserError {
  constructor() {
    super('privacy.approval-required', 'Who agreed to this may not agree any more.', { status: 403 });
  }
}
/** 403: only who asked takes it back. */
export const approvalNotYours = () => refusal(403, 'approval-not-yours', 'Only who asked can take this back.');
/** 422: what was asked for makes no sense; the message says why. */
export const approvalInvalid = (message: string) => refusal(422, 'approval-invalid', message);
/** 404: no person of that id in this workspace. */
export const subjectNotFound = () => refusal(404, 'subject-not-found', 'There is no such person.');
