import { randomToken } from '@libs/kernel';
import { expect, it } from 'vitest';
import { AgentSessions, SESSION_TIMES } from './agent-sessions.js';
import { sessionCookieValue, TOKEN_BYTES } from './session-cookie.js';

const NOW = 1_800_000_000_000;

it('C6 F-0205 a session read before its role changed never stands for the one read after, however late it is done', async () => {
  let role = 'admin';
  const tenantId = '01890000-0000-7000-8000-000000000001';
  const row = () => ({
    ...{ id: 'session', tenant_id: tenantId, member_id: 'member', subject_id: 'subject', login_id: 'login', role },
    ...{ created_at: NOW - 3_600_000, last_seen_at: NOW - SESSION_TIMES.seenEveryMs, expires_at: NOW + 3_600_000 },
  });
  const ports = {
    feed: { onRow: () => undefined },
    clock: { now: () => NOW },
    database: { reader: { all: async (sql: string) => [sql.includes('tenant_tenant') ? { id: tenantId } : row()] } },
    keys: { tenantKey: async () => Buffer.alloc(32) },
    work: { upkeep: async () => 1 },
  };
  let goOn: (() => void) | undefined;
  const late = new Promise<readonly never[]>((resolve) => {
    goOn = () => resolve([]);
  });
  let asked: (() => void) | undefined;
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const answers: Promise<readonly never[]>[] = [late];
  const steps = {
    of: () => {
      asked?.();
      return answers.shift() ?? Promise.resolve([]);
    },
  };
  const sessions = new AgentSessions(ports as never, steps as never);
  const cookie = sessionCookieValue({ tenantId, token: randomToken(TOKEN_BYTES) });
  const before = sessions.find(cookie);
  await isAsked;
  role = 'agent';
  sessions.drop({ kind: 'role', tenantId, ref: 'member' });
  expect((await sessions.find(cookie))?.role).toBe('agent');
  goOn?.();
  expect((await before)?.role).toBe('admin');
  expect((await sessions.find(cookie))?.role).toBe('agent');
});
