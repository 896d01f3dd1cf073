import type { SqlReader, UnitOfWork } from '@libs/database';
import type { Clock } from '@libs/kernel';
import { KNOWN_MS } from './known-places.js';
import { EVENTS_KEPT_MS } from './login-events.js';

/** The list of tenants belongs to no tenant, so this read is none across them; before the first start there is none. */
const PLATFORM = "SELECT id FROM tenant_tenant WHERE slug = 'platform'";

/** Forgets places nobody came from any more, and events that are shown no more; an hour later at the latest. */
export class SecurityPurge {
  constructor(
    private readonly parts: { readonly reader: SqlReader; readonly work: UnitOfWork; readonly clock: Clock },
  ) {}

  async run(): Promise<void> {
    const { reader, work, clock } = this.parts;
    const now = clock.now();
    for (const { id } of await reader.all<{ id: string }>(PLATFORM, [])) {
      await work.upkeep(
        async (tx) => {
          await tx.run('DELETE FROM auth_known_place WHERE tenant_id = ? AND last_at <= ?', [id, now - KNOWN_MS]);
          await tx.run('DELETE FROM auth_login_event WHERE tenant_id = ? AND at <= ?', [id, now - EVENTS_KEPT_MS]);
        },
        new Set([id]),
      );
    }
  }
}
