import type { Me } from '@libs/contracts';

/** Roles of a member; closed. */
export type MemberRole = Me['role'];

/** What a caller may do; endpoints name one in `@Access`. */
export type Permission =
  | 'conversations:read'
  | 'conversations:reply'
  | 'contacts:read'
  | 'members:manage'
  | 'inboxes:manage'
  | 'privacy:manage';

/** Which rows of conversations and contacts a role reaches; every query is narrowed by them (design 4). */
export type ReadScope = 'own-and-participated' | 'unassigned-of-inboxes' | 'team' | 'all';

interface RoleRights {
  readonly permissions: ReadonlySet<Permission>;
  readonly scopes: readonly ReadScope[];
}

const NOTHING: RoleRights = { permissions: new Set(), scopes: [] };

const RIGHTS: Readonly<Record<MemberRole, RoleRights>> = {
  owner: {
    permissions: new Set([
      'conversations:read',
      'conversations:reply',
      'contacts:read',
      'members:manage',
      'inboxes:manage',
      'privacy:manage',
    ]),
    scopes: ['all'],
  },
  admin: {
    permissions: new Set([
      'conversations:read',
      'conversations:reply',
      'contacts:read',
      'members:manage',
      'inboxes:manage',
    ]),
    scopes: ['all'],
  },
  supervisor: {
    permissions: new Set(['conversations:read', 'conversations:reply', 'contacts:read']),
    scopes: ['all'],
  },
  agent: {
    permissions: new Set(['conversations:read', 'conversations:reply', 'contacts:read']),
    // Of unassigned conversations only the headline, until taken.
    scopes: ['own-and-participated', 'unassigned-of-inboxes'],
  },
  'privacy-officer': { permissions: new Set(['privacy:manage']), scopes: [] },
};

/** Permissions of `role`; none for a word that is no role. */
export function permissionsOf(role: string): ReadonlySet<Permission> {
  return rightsOf(role).permissions;
}

/** Read scopes of `role`; none means that it reads no conversation at all. */
export function scopesOf(role: string): readonly ReadScope[] {
  return rightsOf(role).scopes;
}

function rightsOf(role: string): RoleRights {
  return Object.hasOwn(RIGHTS, role) ? RIGHTS[role as MemberRole] : NOTHING;
}
