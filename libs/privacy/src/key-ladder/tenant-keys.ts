import type { Clock } from '@libs/kernel';
import { Lru, OperationalError, UserError } from '@libs/kernel';
import { newKey, wipe } from '@libs/privacy-core';
import type { KeyStore } from '../key-store/key-store.port.js';
import type { KmsPort } from '../kms/kms.port.js';
import { isKekGone } from '../kms/kms.port.js';
import { tenantKeyAad } from './aad.js';
import type { KekWriter } from './kek-writer.js';

const FRESH_MS = 60_000;
const CACHED_KEYS = 4_000;
const ATTEMPTS = 4;

interface Load {
  readonly key: Promise<Buffer>;
  readonly ticket: Ticket;
}

/** Void as soon as the key is dropped: what was read before must not be kept after. */
interface Ticket {
  valid: boolean;
}

interface CachedKey {
  readonly key: Buffer;
  readonly loadedAt: number;
}

/** Keys that belong to the tenant, not to a person: blind indexes, slips, the network log of a month. */
export class TenantKeys {
  private readonly cache = new Lru<string, CachedKey>(CACHED_KEYS, ({ key }) => wipe(key));
  private readonly loads = new Map<string, Load>();

  constructor(
    private readonly kms: KmsPort,
    private readonly store: KeyStore,
    private readonly clock: Clock,
    private readonly writer: KekWriter,
  ) {}

  cached(tenantId: string, name: string): Buffer | undefined {
    const place = `${tenantId}|${name}`;
    const entry = this.cache.get(place);
    if (entry === undefined) return undefined;
    if (this.clock.now() - entry.loadedAt <= FRESH_MS) return entry.key;
    this.cache.delete(place);
    return undefined;
  }

  async get(tenantId: string, name: string): Promise<Buffer> {
    const place = `${tenantId}|${name}`;
    const known = this.cached(tenantId, name) ?? (await this.loads.get(place)?.key);
    // A copy: whoever waits between fetching and using must never find the overwritten bytes of an evicted key.
    if (known !== undefined) return Buffer.from(known);
    const ticket: Ticket = { valid: true };
    const load: Load = { ticket, key: this.load(tenantId, name, ticket) };
    this.loads.set(place, load);
    try {
      return Buffer.from(await load.key);
    } finally {
      if (this.loads.get(place) === load) this.loads.delete(place);
    }
  }

  drop(tenantId: string, name: string): void {
    const place = `${tenantId}|${name}`;
    this.cache.delete(place);
    this.voidLoad(place);
  }

  clear(): void {
    this.cache.clear();
    for (const place of [...this.loads.keys()]) this.voidLoad(place);
  }

  private voidLoad(place: string): void {
    const load = this.loads.get(place);
    if (load) load.ticket.valid = false;
    this.loads.delete(place);
  }

  private async load(tenantId: string, name: string, ticket: Ticket): Promise<Buffer> {
    const loadedAt = this.clock.now();
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const key = await this.read(tenantId, name);
      if (key === 'absent') await this.make(tenantId, name);
      else if (key !== 'stale') {
        // Dropped meanwhile: this caller may finish, but nobody after it.
        if (ticket.valid) this.cache.set(`${tenantId}|${name}`, { key, loadedAt });
        return key;
      }
    }
    throw new OperationalError('privacy.kek-moving', 'The tenant key is being rotated; try again.');
  }

  private async read(tenantId: string, name: string): Promise<Buffer | 'absent' | 'stale'> {
    const [row] = await this.store.readTenantKeys(tenantId, [name]);
    if (row === undefined) return 'absent';
    if (row.state === 'destroyed' || row.wrapped === null) {
      throw new UserError('privacy.key-destroyed', 'What this key opened has been erased.', { status: 410 });
    }
    try {
      const aad = tenantKeyAad(tenantId, name);
      const [key] = await this.kms.unwrap(tenantId, [{ version: row.kekVersion, bytes: row.wrapped, aad }]);
      return key!;
    } catch (error) {
      if (isKekGone(error)) return 'stale';
      throw error;
    }
  }

  private async make(tenantId: string, name: string): Promise<void> {
    const key = newKey();
    await this.writer.write(tenantId, [{ plaintext: key, aad: tenantKeyAad(tenantId, name) }], (version, [wrapped]) =>
      this.store.addTenantKey(tenantId, version, { name, wrapped: wrapped! }, this.clock.now()),
    );
    wipe(key);
  }
}
