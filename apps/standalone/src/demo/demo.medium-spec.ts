import { createAuth, type SignInResult } from '@libs/auth';
import { authPorts, DEMO_LOGINS } from '@libs/platform';
import { describeColumns, openTestPlatform, type TestPlatform } from '@libs/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../commands/commands.js';
import { standaloneMigrations } from '../standalone.js';
import { announceDemo, DEMO_MEMBERS, seedDemo } from './demo.js';
import { DEMO_SLUG, type Seeded, seed } from './seed.js';

describeColumns('demo on $column', (column) => {
  let world: TestPlatform;
  let seeded: Seeded;
  const signIn = (identifier: string, password: string): Promise<SignInResult> =>
    createAuth(authPorts(world.platform)).signIn.signIn({
      ...{ identifier, password },
      ...{ address: '192.0.2.1', correlationId: 'test' },
    });
  /** Login and password of each line that has both. */
  const passwordsIn = (text: string): [string, string][] =>
    [...text.matchAll(/(\S+@demo\.example) +(\S+)$/gm)].map((found) => [found[1]!, found[2]!]);

  beforeAll(async () => {
    world = await openTestPlatform({ column, migrations: standaloneMigrations });
    await expect(commands['demo:password']!(world.platform, [])).rejects.toMatchObject({ code: 'standalone.no-demo' });
    seeded = (await seedDemo(world.platform))!;
  });
  afterAll(() => world?.close());

  it('seeds each role, and a second officer, once', async () => {
    for (const { identifier, password, role } of seeded.members) {
      const result = await signIn(identifier, password);
      expect(result).toMatchObject({ kind: 'signed-in', session: { tenantId: seeded.tenantId, role } });
    }
    const roles = seeded.members.map(({ role }) => role);
    expect(new Set(roles)).toEqual(new Set(['owner', 'admin', 'supervisor', 'agent', 'privacy-officer']));
    expect(roles.filter((role) => role === 'privacy-officer')).toHaveLength(2);
    // By these, a production knows a database that was a demo.
    expect(DEMO_MEMBERS.map(({ identifier }) => identifier)).toEqual(Object.values(DEMO_LOGINS));
    expect(await seedDemo(world.platform)).toBeUndefined();
  });

  it('prints the passwords once, owner and agent first', () => {
    const first = announceDemo(world.platform, seeded);
    expect(passwordsIn(first)).toEqual(seeded.members.map(({ identifier, password }) => [identifier, password]));
    expect(first.split('\n').length).toBeLessThanOrEqual(16);
    expect(passwordsIn(announceDemo(world.platform, undefined))).toEqual([]);
  });

  it('gives each of them a new password; the old ones are worth nothing', async () => {
    const printed = passwordsIn(await commands['demo:password']!(world.platform, []));
    expect(printed.map(([identifier]) => identifier)).toEqual(Object.values(DEMO_LOGINS));
    for (const [identifier, password] of printed) expect((await signIn(identifier, password)).kind).toBe('signed-in');
    for (const { identifier, password } of seeded.members) {
      await expect(signIn(identifier, password)).rejects.toMatchObject({ code: 'account.credentials-invalid' });
    }
  });
});

describe('demo of an older version', () => {
  it('gets whom it lacks with the new passwords', async () => {
    const { platform, close } = await openTestPlatform({ column: 'sqlite', migrations: standaloneMigrations });
    try {
      await seed(platform, { slug: DEMO_SLUG, name: 'Shop', origins: [], members: DEMO_MEMBERS.slice(0, 2) });
      const { accounts } = createAuth(authPorts(platform));
      expect(await accounts.findLogin(DEMO_LOGINS.secondOfficer)).toBeUndefined();
      expect(await commands['demo:password']!(platform, [])).toContain(DEMO_LOGINS.secondOfficer);
      expect(await accounts.findLogin(DEMO_LOGINS.secondOfficer)).toBeDefined();
    } finally {
      await close();
    }
  });
});
