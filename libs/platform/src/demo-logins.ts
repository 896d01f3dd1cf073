import { createAuth } from '@libs/auth';
import { Tenants } from '@libs/tenancy';
import type { Platform } from './platform.js';
import { authPorts } from './platform.module.js';

/** Logins that the demo seeds; no production may have them. */
export const DEMO_LOGINS = {
  owner: 'owner@demo.example',
  agent: 'agent@demo.example',
  admin: 'admin@demo.example',
  supervisor: 'supervisor@demo.example',
  officer: 'officer@demo.example',
  secondOfficer: 'officer-2@demo.example',
} as const;

/** How many of the demo's logins exist. None before the platform tenant is made. */
export async function countDemoLogins(platform: Platform): Promise<number> {
  const tenants = new Tenants(platform.database.reader, platform.work, platform.clock);
  if (!(await tenants.find('platform'))) return 0;
  const { accounts } = createAuth(authPorts(platform));
  const found = await Promise.all(Object.values(DEMO_LOGINS).map((login) => accounts.findLogin(login)));
  return found.filter((login) => login !== undefined).length;
}
