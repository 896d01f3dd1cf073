import type { Me } from '@libs/contracts';

type Role = Me['role'];

/** What the screens offer to a role. The server decides anew at each call; this only spares dead ends. */
const OFFICE: readonly Role[] = ['owner', 'admin', 'privacy-officer'];

export const rights = {
  converse: (role: Role) => role !== 'privacy-officer',
  editContacts: (role: Role) => role !== 'privacy-officer',
  desk: (role: Role) => OFFICE.includes(role),
  /** Whoever may see sensitive values may ask for many at once. */
  askBulk: (role: Role) => role !== 'agent',
  /** Their own requests, also for those without a desk. */
  approvals: (role: Role) => role !== 'agent',
} as const;

/** Where a role's day starts. */
export function homeOf(me: Me): string {
  return `/w/${me.tenant.slug}/${rights.converse(me.role) ? 'conversations/mine' : 'privacy/register'}`;
}
