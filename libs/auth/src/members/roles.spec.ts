import { describe, expect, it } from 'vitest';
import { permissionsOf, scopesOf } from './roles.js';

describe('roles', () => {
  it('P-1006 an agent reaches what is its own, takes part in, or nobody has', () => {
    expect(scopesOf('agent')).toEqual(['own-and-participated', 'unassigned-of-inboxes']);
    expect(permissionsOf('agent').has('members:manage')).toBe(false);
  });

  it('P-1006 the privacy officer reads no conversation here, and a word that is no role may do nothing', () => {
    expect(scopesOf('privacy-officer')).toEqual([]);
    expect(permissionsOf('privacy-officer')).toEqual(new Set(['privacy:manage']));
    for (const word of ['', 'root', 'constructor', '__proto__']) {
      expect(permissionsOf(word).size).toBe(0);
      expect(scopesOf(word)).toEqual([]);
    }
  });

  it.each(['owner', 'admin', 'supervisor'])('P-1006 %s reads all conversations of the tenant', (role) => {
    expect(scopesOf(role)).toEqual(['all']);
    expect(permissionsOf(role).has('contacts:read')).toBe(true);
  });
});
