import type { SqlReader, UnitOfWork } from '@libs/database';
import { type Clock, newId } from '@libs/kernel';
import type { SettingName } from './settings.js';

/** Finds tenants, and makes them for seeds and commands; a business makes its own by signing up. */
export class Tenants {
  constructor(
    private readonly reader: SqlReader,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Id of the tenant with `slug`. */
  async find(slug: string): Promise<string | undefined> {
    const rows = await this.reader.all<{ id: string }>('SELECT id FROM tenant_tenant WHERE slug = ?', [slug]);
    return rows[0]?.id;
  }

  /** When the contract of a tenant ended, ms; null while it runs. */
  async endedAt(id: string): Promise<number | null> {
    const rows = await this.reader.all<{ ended_at: number | string | null }>(
      'SELECT ended_at FROM tenant_tenant WHERE id = ?',
      [id],
    );
    return rows[0]?.ended_at == null ? null : Number(rows[0].ended_at);
  }

  /** Creates a tenant with its settings in one transaction. */
  async create(slug: string, name: string, settings: Partial<Record<SettingName, number>> = {}): Promise<string> {
    const id = newId();
    const now = this.clock.now();
    const actor = { kind: 'system', id: 'setup' } as const;
    await this.work.run(
      { tenantId: id, actor, purpose: 'service-account', correlationId: id },
      async ({ tx, record }) => {
        await tx.insert(
          'tenant_tenant',
          ['id', 'slug', 'name', 'kind', 'state', 'created_at'],
          [[id, slug, name, 'other-organisation', 'active', now]],
        );
        const rows = Object.entries(settings).map(([key, value]) => [id, key, String(value), now]);
        await tx.insert('tenant_setting', ['tenant_id', 'name', 'value', 'updated_at'], rows);
        record({
          kind: 'tenant.tenant-created.v1',
          subjectId: null,
          resource: `tenant:${id}`,
          fields: 'slug,name,state',
          commitment: null,
        });
      },
    );
    return id;
  }
}
