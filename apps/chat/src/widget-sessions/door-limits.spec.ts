import type { TenantSettings } from '@libs/tenancy';
import { expect, it } from 'vitest';
import { DoorLimits } from './door-limits.js';
import type { VisitorSession } from './visitor-session.js';

const PLENTY = { perSecond: 1000, burst: 1000 };
const FEW = { perSecond: 0.001, burst: 3 };

const session = (id: string, tenantId = 'tenant') =>
  ({ id, inbox: { tenantId }, rates: { session: PLENTY, address: FEW, tenant: PLENTY } }) as unknown as VisitorSession;

it('P-1016 signs are counted by their line, apart from messages', () => {
  const limits = new DoorLimits({} as TenantSettings);
  for (const id of ['one', 'two', 'three']) limits.sign(session(id), 'line');
  expect(() => limits.sign(session('four'), 'line')).toThrow(expect.objectContaining({ code: 'chat.rate-limited' }));
  limits.sign(session('four'), 'other line');
  limits.sign(session('four', 'other tenant'), 'line');
  limits.take(session('one'), 'line');
});
