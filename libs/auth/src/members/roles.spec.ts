import { describe, expect, it } from 'vitest';
import { type MemberRole, type Permission, permissionsOf, scopesOf } from './roles.js';

const ROLES: readonly MemberRole[] = ['owner', 'admin', 'supervisor', 'agent', 'privacy-officer'];

describe('roles', () => {
  it('P-1006 an agent reaches what is its own, takes part in, or nobody has', () => {
    expect(scopesOf('agent')).toEqual(['own-and-participated', 'unassigned-of-inboxes']);
    expect([...permissionsOf('agent')].sort()).toEqual([
      'contacts:edit',
      'contacts:read',
      'conversations:read',
      'conversations:reply',
      'personal:reveal',
    ]);
  });

  it('P-1006 the privacy officer reads no conversation here, and a word that is no role may do nothing', () => {
    expect(scopesOf('privacy-officer')).toEqual([]);
    expect([...permissionsOf('privacy-officer')].sort()).toEqual([
      'contacts:read',
      'personal:reveal',
      'personal:reveal-sensitive',
      'privacy:approve',
      'privacy:manage',
      'privacy:read',
    ]);
    for (const word of ['', 'root', 'constructor', '__proto__']) {
      expect(permissionsOf(word).size).toBe(0);
      expect(scopesOf(word)).toEqual([]);
    }
  });

  it.each(['owner', 'admin', 'supervisor'])('P-1006 %s reads all conversations of the tenant', (role) => {
    expect(scopesOf(role)).toEqual(['all']);
    expect(permissionsOf(role).has('contacts:read')).toBe(true);
  });

  it('P-1006 two roles beside the officer hold the office: who asked can always be refused as the second person', () => {
    const holders = (permission: Permission) => ROLES.filter((role) => permissionsOf(role).has(permission));
    for (const office of ['privacy:read', 'privacy:manage', 'privacy:approve'] as const) {
      expect(holders(office)).toEqual(['owner', 'admin', 'privacy-officer']);
    }
    expect(holders('members:manage')).toEqual(['owner', 'admin']);
    expect(holders('teams:read')).toEqual(['owner', 'admin', 'supervisor']);
    expect(holders('conversations:watch')).toEqual(['owner', 'admin', 'supervisor']);
    expect(holders('contacts:edit')).toEqual(['owner', 'admin', 'supervisor', 'agent']);
    expect(holders('personal:reveal')).toEqual(ROLES);
    expect(holders('personal:reveal-sensitive')).toEqual(['owner', 'admin', 'supervisor', 'privacy-officer']);
  });
});
