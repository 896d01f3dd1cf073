import type { SqlReader, UnitOfWork } from '@libs/database';
import type { Clock } from '@libs/kernel';

/** The list of tenants belongs to no tenant, so this read is none across them; before the first start there is none. */
const PLATFORM = "SELECT id FROM tenant_tenant WHERE slug = 'platform'";
const EXPIRED = [
  'DELETE FROM auth_code WHERE tenant_id = ? AND expires_at <= ?',
  'DELETE FROM auth_reset WHERE tenant_id = ? AND expires_at <= ?',
  'DELETE FROM auth_request_count WHERE tenant_id = ? AND until <= ?',
];

/** Takes away codes, links and counts whose time has ended; an hour later at the latest. */
export class OneTimePurge {
  constructor(
    private readonly parts: { readonly reader: SqlReader; readonly work: UnitOfWork; readonly clock: Clock },
  ) {}

  async run(): Promise<void> {
    const { reader, work, clock } = this.parts;
    const now = clock.now();
    for (const { id } of await reader.all<{ id: string }>(PLATFORM, [])) {
      await work.upkeep(
        async (tx) => {
          for (const sql of EXPIRED) await tx.run(sql, [id, now]);
        },
        new Set([id]),
      );
    }
  }
}
