import { type Tx, upsert } from '@libs/database';
import { field } from '@libs/privacy';
import { blindIndex } from '@libs/privacy-core';
import { inTenant } from '../in-tenant.js';
import type { PlatformTenant } from '../platform-tenant.js';
import type { AuthPorts } from '../ports.js';
import type { LoginPerson } from '../second-factor/second-factors.js';
import { networkKey } from '../sign-in/attempt-guard.js';
import { deviceKey } from './device-family.js';

const FAMILY = field('auth_known_place', 'family_sealed', 'contact', ['security']);
/** Without a sign-in from there a place is forgotten. */
export const KNOWN_MS = 90 * 24 * 3_600_000;
const COLUMNS = ['tenant_id', 'login_id', 'kind', 'place_index', 'subject_id', 'family_sealed', 'first_at', 'last_at'];

/** Where a request comes from, as far as it can be recognised again. */
export interface Whereabouts {
  readonly address: string;
  readonly userAgent?: string | undefined;
}

/** What a place is to a login. */
export interface Familiarity {
  readonly network: boolean;
  readonly device: boolean;
  /** The login has signed in from somewhere before. */
  readonly any: boolean;
}

interface PlaceIndexes {
  readonly network: string;
  readonly device: string;
}

/** The rows of one place, ready to be written. */
export type KnownPlaceRows = readonly (readonly (string | number | Buffer | null)[])[];

/** Networks and devices that logins have signed in from (F-0107). Networks are kept as a keyed index only. */
export class KnownPlaces {
  constructor(
    private readonly ports: AuthPorts,
    private readonly platform: PlatformTenant,
  ) {}

  async look(loginId: string, where: Whereabouts): Promise<Familiarity> {
    const tenantId = await this.platform.id();
    const indexes = await this.indexesOf(loginId, where);
    const rows = await inTenant(tenantId, () =>
      this.ports.database.reader.all<{ kind: string; place_index: string }>(
        // The sum keeps SQLite from the index by time, which holds the places of everybody.
        'SELECT kind, place_index FROM auth_known_place WHERE tenant_id = ? AND login_id = ? AND last_at + 0 > ?',
        [tenantId, loginId, this.ports.clock.now() - KNOWN_MS],
      ),
    );
    const has = (index: string): boolean => rows.some((row) => row.place_index === index);
    return { network: has(indexes.network), device: has(indexes.device), any: rows.length > 0 };
  }

  /** Seals what is remembered; before the transaction, because keys are fetched. */
  async prepare({ id, subjectId }: LoginPerson, where: Whereabouts): Promise<KnownPlaceRows> {
    const tenantId = await this.platform.id();
    const { network, device } = await this.indexesOf(id, where);
    const now = this.ports.clock.now();
    await this.ports.cipher.load(tenantId, [subjectId], FAMILY.group);
    const row = `${id}/${device}`;
    const family = this.ports.cipher.seal(tenantId, subjectId, FAMILY, row, deviceKey(where.userAgent), 'security');
    return [
      [tenantId, id, 'network', network, subjectId, null, now, now],
      [tenantId, id, 'device', device, subjectId, family, now, now],
    ];
  }

  /** Remembers it, or that it was used again. */
  async write(tx: Tx, rows: KnownPlaceRows): Promise<void> {
    const keys = ['tenant_id', 'login_id', 'kind', 'place_index'];
    for (const row of rows)
      await upsert(tx, { table: 'auth_known_place', columns: COLUMNS, keys, update: ['last_at'] }, row);
  }

  private async indexesOf(loginId: string, { address, userAgent }: Whereabouts): Promise<PlaceIndexes> {
    const key = await this.ports.keys.tenantKey(await this.platform.id(), 'known-place');
    return {
      network: blindIndex(key, `${loginId}|network|${networkKey(address)}`),
      device: blindIndex(key, `${loginId}|device|${deviceKey(userAgent)}`),
    };
  }
}
