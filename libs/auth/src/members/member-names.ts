import { chunks, placeholders } from '@libs/database';
import type { Invalidation } from '@libs/events';
import { AppError, Lru } from '@libs/kernel';
import { type FieldSpec, field } from '@libs/privacy';
import { inTenant } from '../in-tenant.js';
import type { AuthPorts } from '../ports.js';
import { NICKNAME } from '../profile/profile-fields.js';

/** Where a member's name lies. */
export const DISPLAY_NAME = field('auth_member', 'display_name_sealed', 'identity', [
  'service-account',
  'support-conversation',
]);

interface NameRow {
  readonly id: string;
  readonly subject_id: string;
  readonly display_name_sealed: Buffer;
  readonly nickname_sealed: Buffer | null;
}

interface Names {
  readonly name: string;
  /** The nickname, or the name where none was chosen. */
  readonly shown: string;
}

/** Names of members: by which colleagues know them, and by which they appear in conversations (F-0105). */
export class MemberNames {
  private readonly cache = new Lru<string, Names>(10_000);
  private drops = 0;
  /** The same for conversations: the service nickname, which is all that a visitor learns. */
  readonly inService = {
    nameOf: (tenantId: string, memberIds: readonly string[]) => this.find(tenantId, memberIds, 'shown'),
    peek: (tenantId: string, memberId: string) => this.cache.peek(`${tenantId}/${memberId}`)?.shown ?? null,
  };

  constructor(private readonly ports: AuthPorts) {
    ports.feed.onRow((row) => this.drop(row));
  }

  /** Names by member id; a member that is unknown, or whose person was erased, is absent. */
  nameOf(tenantId: string, memberIds: readonly string[]): Promise<Map<string, string>> {
    return this.find(tenantId, memberIds, 'name');
  }

  /** The name if it is in memory: for hot paths that must not wait. */
  peek(tenantId: string, memberId: string): string | null {
    return this.cache.peek(`${tenantId}/${memberId}`)?.name ?? null;
  }

  private async find(tenantId: string, memberIds: readonly string[], which: keyof Names): Promise<Map<string, string>> {
    const names = new Map<string, Names>();
    const missing = new Set<string>();
    for (const id of memberIds) {
      const known = this.cache.get(`${tenantId}/${id}`);
      if (known === undefined) missing.add(id);
      else names.set(id, known);
    }
    if (missing.size > 0) await this.load(tenantId, [...missing], names);
    return new Map([...names].map(([id, known]) => [id, known[which]]));
  }

  private async load(tenantId: string, ids: readonly string[], names: Map<string, Names>): Promise<void> {
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

  private open(tenantId: string, { id, subject_id, display_name_sealed, nickname_sealed }: NameRow): Names | undefined {
    const { cipher } = this.ports;
    // libsql answers blobs as ArrayBuffer.
    const text = (spec: FieldSpec, sealed: Buffer) =>
      cipher.open(tenantId, subject_id, spec, id, Buffer.from(sealed), 'service-account');
    try {
      if (!cipher.ready(tenantId, subject_id, DISPLAY_NAME)) return undefined;
      const name = text(DISPLAY_NAME, display_name_sealed);
      return { name, shown: nickname_sealed === null ? name : text(NICKNAME, nickname_sealed) };
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
          'SELECT m.id, m.subject_id, m.display_name_sealed, p.nickname_sealed FROM auth_member m ' +
            'LEFT JOIN auth_profile p ON p.tenant_id = m.tenant_id AND p.member_id = m.id ' +
            `WHERE m.tenant_id = ? AND m.id IN (${placeholders(part.length)})`,
          [tenantId, ...part],
        ),
      );
      rows.push(...found);
    }
    return rows;
  }

  /** A changed member is forgotten by its id; a destroyed key says whose person it was, so that tenant starts anew. */
  private drop({ kind, tenantId, ref }: Invalidation): void {
    if (kind !== 'role' && kind !== 'name' && kind !== 'key') return;
    this.drops++;
    if (kind !== 'key') this.cache.delete(`${tenantId}/${ref}`);
    else for (const key of [...this.cache.keys()]) if (key.startsWith(`${tenantId}/`)) this.cache.delete(key);
  }
}

/** The person is erased: 410, whatever the step of the erasure. */
function isGone(error: unknown): boolean {
  return error instanceof AppError && error.status === 410;
}
