import type { SqlReader } from '@libs/database';
import { runInTenant } from './context.js';

/** Settings a tenant may change, with their defaults. Numbers unless said otherwise. */
export const SETTING_DEFAULTS = {
  /** Messages a second that one visitor's session may send, and the burst it may use up. */
  'chat.rate.session-per-second': 5,
  'chat.rate.session-burst': 20,
  /** The same for one client address, all its sessions together. */
  'chat.rate.address-per-second': 50,
  'chat.rate.address-burst': 200,
  /** The same for the whole tenant. */
  'chat.rate.tenant-per-second': 500,
  'chat.rate.tenant-burst': 2000,
  /** Embed passes and consent slips that clients of one address may ask for. */
  'chat.rate.opening-per-second': 10,
  'chat.rate.opening-burst': 200,
  /** Packets of one member, all its sockets together; opening many conversations at once needs a burst. */
  'chat.rate.member-per-second': 30,
  'chat.rate.member-burst': 200,
  /** The same for all members of the tenant. */
  'chat.rate.members-per-second': 1000,
  'chat.rate.members-burst': 5000,
  /** Sockets that may be open at once: of one client address, one visitor, one member. */
  'chat.sockets.per-address': 50,
  'chat.sockets.per-visitor': 20,
  'chat.sockets.per-member': 20,
  /** From the withdrawal of the basic consent to the erasure. */
  'privacy.erasure-grace-hours': 24,
  /** Values that one member may reveal. */
  'privacy.reveals-per-hour': 25,
  /** 1: owner, admin and privacy officer show a second factor before they may do anything (P-1008); 0: nobody is asked. */
  'security.second-factor': 1,
} as const;

/** One of the settings that have a default. */
export type SettingName = keyof typeof SETTING_DEFAULTS;

/** Settings of tenants, cached until the invalidation feed says `setting` for that tenant. */
export class TenantSettings {
  private readonly cache = new Map<string, Promise<ReadonlyMap<string, string>>>();

  constructor(private readonly reader: SqlReader) {}

  /** The number of `name` for `tenantId`; the default where the tenant set none. */
  async number(tenantId: string, name: SettingName): Promise<number> {
    const value = (await this.all(tenantId)).get(name);
    return value === undefined ? SETTING_DEFAULTS[name] : Number(value);
  }

  /** Forgets what is cached of a tenant. */
  drop(tenantId: string): void {
    this.cache.delete(tenantId);
  }

  private all(tenantId: string): Promise<ReadonlyMap<string, string>> {
    let loading = this.cache.get(tenantId);
    if (!loading) {
      loading = this.load(tenantId);
      loading.catch(() => this.cache.delete(tenantId));
      this.cache.set(tenantId, loading);
    }
    return loading;
  }

  private async load(tenantId: string): Promise<ReadonlyMap<string, string>> {
    const context = { tenantId, actor: { kind: 'system', id: 'settings' }, correlationId: 'settings' } as const;
    const rows = await runInTenant(context, () =>
      this.reader.all<{ name: string; value: string }>('SELECT name, value FROM tenant_setting WHERE tenant_id = ?', [
        tenantId,
      ]),
    );
    return new Map(rows.map((row) => [row.name, row.value]));
  }
}
