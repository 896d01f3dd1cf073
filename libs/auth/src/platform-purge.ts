import type { SqlReader, UnitOfWork } from '@libs/database';
import type { Clock } from '@libs/kernel';
import { KNOWN_MS } from './security/known-places.js';
import { EVENTS_KEPT_MS } from './security/login-events.js';

/** The list of tenants belongs to no tenant, so this read is none across them; before the first start there is none. */
const PLATFORM = "SELECT id FROM tenant_tenant WHERE slug = 'platform'";

/** What goes, and how long after the time in the statement. */
const EXPIRED: readonly (readonly [sql: string, keptMs: number])[] = [
  ['DELETE FROM auth_code WHERE tenant_id = ? AND expires_at <= ?', 0],
  ['DELETE FROM auth_reset WHERE tenant_id = ? AND expires_at <= ?', 0],
  ['DELETE FROM auth_request_count WHERE tenant_id = ? AND until <= ?', 0],
  ['DELETE FROM auth_known_place WHERE tenant_id = ? AND last_at <= ?', KNOWN_MS],
  ['DELETE FROM auth_login_event WHERE tenant_id = ? AND at <= ?', EVENTS_KEPT_MS],
];

/**
 * Takes away what the platform keeps of logins for a time: codes, links and counts that have expired, places nobody came
 * from any more, events that are shown no more. Each an hour after its end at the latest.
 */
export class PlatformPurge {
  constructor(
    private readonly parts: { readonly reader: SqlReader; readonly work: UnitOfWork; readonly clock: Clock },
  ) {}

  async run(): Promise<void> {
    const { reader, work, clock } = this.parts;
    const now = clock.now();
    for (const { id } of await reader.all<{ id: string }>(PLATFORM, [])) {
      await work.upkeep(
        async (tx) => {
          for (const [sql, keptMs] of EXPIRED) await tx.run(sql, [id, now - keptMs]);
        },
        new Set([id]),
      );
    }
  }
}
