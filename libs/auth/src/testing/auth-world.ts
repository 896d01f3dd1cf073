import type { SqlRow } from '@libs/database';
import { announce, InvalidationFeed } from '@libs/events';
import { ManualClock } from '@libs/kernel';
import { authPorts, type Platform } from '@libs/platform';
import { runInTenant } from '@libs/tenancy';
import { type Column, openTestPlatform } from '@libs/testing';
import { type Auth, createAuth } from '../auth.module.js';

/** A real platform with everything sign-in stands on. */
export interface AuthWorld {
  readonly auth: Auth;
  readonly platform: Platform;
  readonly clock: ManualClock;
  readonly tenants: { readonly platform: string; readonly a: string; readonly b: string };
  /** Sign-in as a second process has it: caches and feed of its own. */
  another(): { readonly auth: Auth; readonly feed: InvalidationFeed };
  /** What destroying a person's key does, with the news of it. */
  erase(tenantId: string, subjectId: string): Promise<void>;
  rows(tenantId: string, sql: string, params?: readonly (string | number)[]): Promise<SqlRow[]>;
  close(): Promise<void>;
}

/** Opens a fresh database with the platform and two tenants. */
export async function openAuthWorld(column: Column): Promise<AuthWorld> {
  const clock = new ManualClock(Date.now());
  const { platform, tenants, close } = await openTestPlatform({ column, clock });
  const ports = authPorts(platform);
  const auth = createAuth(ports);
  return {
    ...{ auth, platform, clock, close },
    tenants: { platform: await auth.platform.id(), a: tenants[0], b: tenants[1] },
    another: () => {
      const feed = new InvalidationFeed(platform.database);
      return { auth: createAuth({ ...ports, feed }), feed };
    },
    erase: async (tenantId, subjectId) => {
      await platform.keyStore.destroySubject(tenantId, subjectId, clock.now());
      const row = { kind: 'key', tenantId, ref: subjectId } as const;
      await platform.work.upkeep((tx) => announce(tx, row), new Set([tenantId]));
      await platform.feed.poll();
    },
    rows: async (tenantId, sql, params = []) =>
      runInTenant({ tenantId, actor: { kind: 'system', id: 'test' }, correlationId: 'test' }, () =>
        platform.database.reader.all(sql, params),
      ),
  };
}
