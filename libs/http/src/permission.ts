import type { PendingStep } from '@libs/contracts';
import { UserError } from '@libs/kernel';
import type { MemberPrincipal } from './caller.js';

const OWED: Readonly<Record<PendingStep, readonly [code: string, message: string]>> = {
  'member-notice': ['account.notice-required', 'Please read first who can see your work.'],
  'second-factor': ['account.second-factor-required', 'Your role needs a second factor. Please set one up first.'],
  password: ['account.password-required', 'Somebody else knows your password. Please choose a new one first.'],
};

/** Refuses a member without `permission`: a session that owes a step is told which one. For requests and packets alike. */
export function requirePermission(
  { permissions, pending = [] }: Pick<MemberPrincipal, 'permissions' | 'pending'>,
  permission: string,
): void {
  const [step] = pending;
  if (step !== undefined) {
    const [code, message] = OWED[step];
    throw new UserError(code, message, { status: 403 });
  }
  if (permissions.has(permission)) return;
  throw new UserError('http.permission-missing', 'Your role does not allow this.', {
    status: 403,
    details: { permission },
  });
}
