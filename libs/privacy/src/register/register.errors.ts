import { OvertakenError, UserError } from '@libs/kernel';
import type { RegisterProblem } from '@libs/privacy-core';
import type { RegisterVersion } from './register-version.js';

/** Refusals of a change of the register; closed list. */
export const registerErrors = {
  changed: ({ changedBy: by, changedAt: at, version }: Omit<RegisterVersion, 'register'>) =>
    new OvertakenError('privacy.register-changed', 'Somebody changed the register meanwhile', { by, at }, { version }),
  /** `problems` reads `fault@place,fault@place`. */
  invalid: (problems: readonly RegisterProblem[]) =>
    new UserError('privacy.register-invalid', 'This register cannot stand', {
      status: 422,
      details: { problems: problems.map(({ fault, at }) => `${fault}@${at}`).join(',') },
    }),
  malformed: () =>
    new UserError('privacy.register-invalid', 'This is no register', { status: 422, details: { problems: 'form' } }),
  approvalRequired: (fields: readonly string[]) =>
    new UserError('privacy.approval-required', 'A second person has to approve this', {
      status: 403,
      details: { fields: fields.join(',') },
    }),
} as const;
