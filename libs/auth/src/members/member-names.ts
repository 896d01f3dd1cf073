import { chunks, placeholders } from '@libs/database';
import type { Invalidation } from '@libs/events';
import { AppError, Lru } from '@libs/kernel';
import { field } from '@libs/privacy';
import { inTenant } from '../in-tenant.js';
import type { AuthPorts } from '../ports.js';

/** Where a member's name lies. */
export const DISPLAY_NAME = field('auth_member', 'display_name_sealed', 'identity', [
  'service-account',
  'support-conversation',
]);

interface NameRow {
  readonly id: string;
  readonly subject_id: string;
  readonly display_name_sealed: Buffer;
}

/** Service nicknames of members, as colleagues and visitors see them (F-0105). */
export class MemberNames {
  private readonly cache = new Lru<string, string>(10_000);
  private drops = 0;

  constructor(private readonly ports: AuthPorts) {
    ports.feed.onRow((row) => this.drop(row));
  }

  /** Names by member id; a member that is unknown, or whose person was erased, is absent. */
  async nameOf(tenantId: string, memberIds: readonly string[]): Promise<Map<string, string>> {
    const names = new Map<string, string>();
    const missing = new Set<string>();
    for (const id of memberIds) {
      const name = this.cache.get(`${tenantId}/${id}`);
      if (name === undefined) missing.add(id);
      else names.set(id, name);
    }
    if (missing.size > 0) await this.load(tenantId, [...missing], names);
    return names;
  }

  /** The name if it is in memory: for hot paths that must not wait. */
  peek(tenantId: string, memberId: string): string | null {
    return this.cache.peek(`${tenantId}/${memberId}`) ?? null;
  }

  private async load(tenantId: string, ids: readonly string[], names: Map<string, string>): Promise<void> {
    const { drops } = this;
    const rows = await this.read(tenantId, ids);
    await this.loadKeys(
      tenantId,
      rows.map((row) => row.subject_id),
    );
    for (const row of rows) {
      const name = this.open(tenantId, row);
      if (name === undefined) continue;
      names.set(row.id, name);
      if (drops === this.drops) this.cache.set(`${tenantId}/${row.id}`, name);
    }
  }

  private open(tenantId: string, { id, subject_id, display_name_sealed }: NameRow): string | undefined {
    const { cipher } = this.ports;
    try {
      if (!cipher.ready(tenantId, subject_id, DISPLAY_NAME)) return undefined;
      // libsql answers blobs as ArrayBuffer.
      return cipher.open(tenantId, subject_id, DISPLAY_NAME, id, Buffer.from(display_name_sealed), 'service-account');
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }

  /** One query for all; when somebody among them was erased, one by one, so that the others keep their names. */
  private async loadKeys(tenantId: string, subjectIds: readonly string[]): Promise<void> {
    const { cipher } = this.ports;
    try {
      await cipher.load(tenantId, subjectIds, DISPLAY_NAME.group);
    } catch (error) {
      if (!isGone(error)) throw error;
      for (const subjectId of subjectIds) {
        await cipher.load(tenantId, [subjectId], DISPLAY_NAME.group).catch((one: unknown) => {
          if (!isGone(one)) throw one;
        });
      }
    }
  }

  private async read(tenantId: string, ids: readonly string[]): Promise<NameRow[]> {
    const rows: NameRow[] = [];
    for (const part of chunks(ids)) {
      const found = await inTenant(tenantId, () =>
        this.ports.database.reader.all<NameRow>(
          'SELECT id, subject_id, display_name_sealed FROM auth_member ' +
            `WHERE tenant_id = ? AND id IN (${placeholders(part.length)})`,
          [tenantId, ...part],
        ),
      );
      rows.push(...found);
    }
    return rows;
  }

  /** A changed member is forgotten by its id; a destroyed key says whose person it was, so that tenant starts anew. */
  private drop({ kind, tenantId, ref }: Invalidation): void {
    if (kind !== 'role' && kind !== 'key') return;
    this.drops++;
    if (kind === 'role') this.cache.delete(`${tenantId}/${ref}`);
    else for (const key of [...this.cache.keys()]) if (key.startsWith(`${tenantId}/`)) this.cache.delete(key);
  }
}

/** The person is erased: 410, whatever the step of the erasure. */
function isGone(error: unknown): boolean {
  return error instanceof AppError && error.status === 410;
}
