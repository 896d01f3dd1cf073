import type { Me } from '@libs/contracts';

/** Roles of a member; closed. */
export type MemberRole = Me['role'];

/** Every role, in the order of the screen. */
export const ROLES: readonly MemberRole[] = ['owner', 'admin', 'privacy-officer', 'supervisor', 'agent'];

/** What a caller may do; endpoints name one in `@Access`. */
export type Permission =
  | 'conversations:read'
  | 'conversations:reply'
  | 'contacts:read'
  | 'contacts:edit'
  | 'members:manage'
  /** Makes the labels of the workspace; whoever replies puts them on. */
  | 'labels:manage'
  /** Writes canned responses for the whole workspace; own ones everybody writes who replies. */
  | 'canned:share'
  /** Sees which teams there are and who belongs to them. */
  | 'teams:read'
  /** Follows colleagues' conversations live, writes notes into them, and takes them over. */
  | 'conversations:watch'
  | 'inboxes:manage'
  /** Sees one masked value in full, on the record. */
  | 'personal:reveal'
  /** The same for sensitive values: identity numbers, health, finance. */
  | 'personal:reveal-sensitive'
  | 'privacy:read'
  | 'privacy:manage'
  /** The second person of what two must decide; whoever asked may not be it. */
  | 'privacy:approve';

/** Which rows of conversations and contacts a role reaches; every query is narrowed by them (design 4). */
export type ReadScope = 'own-and-participated' | 'unassigned-of-inboxes' | 'team' | 'all';

interface RoleRights {
  readonly permissions: ReadonlySet<Permission>;
  readonly scopes: readonly ReadScope[];
}

const NOTHING: RoleRights = { permissions: new Set(), scopes: [] };

const CONVERSE = ['conversations:read', 'conversations:reply'] as const;
const CONTACTS = ['contacts:read', 'contacts:edit', 'personal:reveal'] as const;
const SUPERVISE = ['labels:manage', 'teams:read', 'conversations:watch'] as const;
const ADMINISTER = ['canned:share', 'members:manage', 'inboxes:manage'] as const;
const OFFICE = ['privacy:read', 'privacy:manage', 'privacy:approve'] as const;

const EVERYTHING: ReadonlySet<Permission> = new Set([
  ...CONVERSE,
  ...CONTACTS,
  'personal:reveal-sensitive',
  ...SUPERVISE,
  ...ADMINISTER,
  ...OFFICE,
]);

const RIGHTS: Readonly<Record<MemberRole, RoleRights>> = {
  owner: { permissions: EVERYTHING, scopes: ['all'] },
  // Where no privacy officer was named, it is the admin.
  admin: { permissions: EVERYTHING, scopes: ['all'] },
  supervisor: {
    permissions: new Set([...CONVERSE, ...CONTACTS, ...SUPERVISE, 'personal:reveal-sensitive', 'canned:share']),
    scopes: ['all'],
  },
  agent: {
    permissions: new Set([...CONVERSE, ...CONTACTS]),
    // Of unassigned conversations only the headline, until taken.
    scopes: ['own-and-participated', 'unassigned-of-inboxes'],
  },
  // Contacts for the requests of their persons only, which crm sees to; no conversation at all.
  'privacy-officer': {
    permissions: new Set(['contacts:read', 'personal:reveal', 'personal:reveal-sensitive', ...OFFICE]),
    scopes: [],
  },
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
