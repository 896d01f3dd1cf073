import type { UserError } from '@libs/kernel';
import { memberErrors } from './member.errors.js';
import { type MemberRole, permissionsOf } from './roles.js';

/** A member as the rules see one, read under lock. */
export interface RuledMember {
  readonly id: string;
  readonly subjectId: string;
  readonly role: MemberRole;
  readonly state: 'active' | 'disabled';
  readonly version: number;
}

/** What somebody wants to make of a member. */
export interface MemberChange {
  readonly role: MemberRole;
  readonly state: RuledMember['state'];
}

const RANK: Readonly<Record<MemberRole, number>> = {
  owner: 3,
  admin: 2,
  'privacy-officer': 1,
  supervisor: 1,
  agent: 0,
};

/**
 * Why `by` may not change `target` so; undefined where it may. That a workspace keeps an owner comes before who asks, so
 * that of two owners who demote each other the second one is told the reason that counts.
 */
export function refusalOf(
  target: RuledMember,
  change: MemberChange,
  by: RuledMember | undefined,
  owners: number,
): UserError | undefined {
  const isOwner = target.role === 'owner' && target.state === 'active';
  const staysOwner = change.role === 'owner' && change.state === 'active';
  if (isOwner && !staysOwner && owners <= 1) return memberErrors.lastOwner();
  return givingRefused(by, target.role, change.role, by?.id === target.id);
}

/** Why `by` may not make `from` (nobody yet: the same role) a `to`. */
export function givingRefused(
  by: Pick<RuledMember, 'role' | 'state'> | undefined,
  from: MemberRole,
  to: MemberRole,
  isOwn = false,
): UserError | undefined {
  if (by?.state !== 'active' || !permissionsOf(by.role).has('members:manage')) return memberErrors.notAllowed();
  if (isOwn && RANK[to] > RANK[by.role]) return memberErrors.ownRole();
  if ((from === 'owner' || to === 'owner') && by.role !== 'owner') return memberErrors.ownerOnly();
  return undefined;
}
