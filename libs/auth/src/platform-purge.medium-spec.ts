import type { SqlValue } from '@libs/database';
import { newId } from '@libs/kernel';
import { describeColumns } from '@libs/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PlatformPurge } from './platform-purge.js';
import { KNOWN_MS } from './security/known-places.js';
import { EVENTS_KEPT_MS } from './security/login-events.js';
import { type AuthWorld, openAuthWorld } from './testing/auth-world.js';

/** Each table with the column that ends its rows, and how long they stay after it. */
const KEPT = [
  ['auth_code', 'expires_at', 0],
  ['auth_reset', 'expires_at', 0],
  ['auth_request_count', 'until', 0],
  ['auth_known_place', 'last_at', KNOWN_MS],
  ['auth_login_event', 'at', EVENTS_KEPT_MS],
] as const;
type Kept = (typeof KEPT)[number][0];

describeColumns('what the platform keeps for a time, on $column', (column) => {
  let world: AuthWorld;
  let login: { readonly loginId: string; readonly subjectId: string };

  beforeAll(async () => {
    world = await openAuthWorld(column);
    const { loginId } = await world.auth.accounts.createLogin({
      email: 'kept@alpha.example',
      password: 'plum-Kettle-91-harbour',
    });
    const { platform } = world.tenants;
    const sql = 'SELECT subject_id FROM auth_login WHERE tenant_id = ? AND id = ?';
    const [found] = await world.rows(platform, sql, [platform, loginId]);
    login = { loginId, subjectId: String(found!.subject_id) };
  });
  afterAll(() => world.close());

  /** One row of the table whose time is `end`. */
  const row = (table: Kept, end: number): Readonly<Record<string, SqlValue>> => {
    const { loginId: login_id, subjectId: subject_id } = login;
    const id = newId();
    const code = id.replaceAll('-', '');
    const rows: Record<Kept, Record<string, SqlValue>> = {
      auth_code: { number_index: code, purpose: 'sign-in', id, subject_id, code_index: code, tries: 0, created_at: 1 },
      auth_reset: { id, login_id, subject_id, made_by: 'login', token_index: code, created_at: 1 },
      auth_request_count: { counted: code, since: 1, used: 1 },
      auth_known_place: { login_id, kind: 'network', place_index: code, subject_id, first_at: 1 },
      auth_login_event: { id, login_id, subject_id, kind: 'signed-in' },
    };
    const column = KEPT.find(([name]) => name === table)![1];
    return { tenant_id: world.tenants.platform, ...rows[table], [column]: end };
  };

  it.each(KEPT)('P-0807 %s: gone when its time has passed, not before', async (table, ends, keptMs) => {
    const tenantId = world.tenants.platform;
    const now = world.clock.now();
    const planted = [row(table, now - keptMs), row(table, now - keptMs + 1)];
    const names = Object.keys(planted[0]!);
    await world.platform.work.upkeep(
      async (tx) => {
        await tx.insert(
          table,
          names,
          planted.map((one) => names.map((name) => one[name]!)),
        );
      },
      new Set([tenantId]),
    );
    const { database, work, clock } = world.platform;
    await new PlatformPurge({ reader: database.reader, work, clock }).run();
    const left = await world.rows(tenantId, `SELECT ${ends} AS ends FROM ${table} WHERE tenant_id = ?`, [tenantId]);
    expect(left.map((one) => Number(one.ends))).toContain(now - keptMs + 1);
    expect(left.map((one) => Number(one.ends))).not.toContain(now - keptMs);
  });
});
