import { createAuth } from '@libs/auth';
import { newId } from '@libs/kernel';
import { describeColumns, openTestPlatform } from '@libs/testing';
import { expect, it } from 'vitest';
import { countDemoLogins, DEMO_LOGINS } from './demo-logins.js';
import { authPorts } from './platform.module.js';

describeColumns('demo logins on $column', (column) => {
  it('are found wherever they were seeded, and nothing else is taken for one', async () => {
    const world = await openTestPlatform({ column });
    try {
      const { accounts } = createAuth(authPorts(world.platform));
      await accounts.createLogin({ email: 'owner@shop.example', password: `pw-${newId()}` });
      expect(await countDemoLogins(world.platform)).toBe(0);
      for (const [made, email] of Object.values(DEMO_LOGINS).entries()) {
        await accounts.createLogin({ email, password: `pw-${newId()}` });
        expect(await countDemoLogins(world.platform)).toBe(made + 1);
      }
    } finally {
      await world.close();
    }
  });
});
