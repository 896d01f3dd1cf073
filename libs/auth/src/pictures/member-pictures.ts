import type { MemberPictures as Marks } from '@libs/contracts';
import { type SqlRow, type SqlValue, upsert } from '@libs/database';
import { AppError, newId } from '@libs/kernel';
import { type FieldSpec, field } from '@libs/privacy';
import { commitment } from '@libs/privacy-core';
import { noWorkspace } from '../auth.errors.js';
import { inTenant } from '../in-tenant.js';
import { assertLive } from '../members/live-person.js';
import type { AuthPorts } from '../ports.js';
import { pictureNotFound } from './picture.errors.js';
import { plainPng } from './plain-png.js';

/** Whose picture it is. */
export interface PictureOwner {
  readonly tenantId: string;
  readonly memberId: string;
}

const PICTURE: FieldSpec = field('auth_picture', 'picture_sealed', 'identity', ['service-account']);
const ROW = {
  table: 'auth_picture',
  columns: ['tenant_id', 'member_id', 'subject_id', 'picture_sealed', 'mark', 'updated_at'],
  keys: ['tenant_id', 'member_id'],
  update: ['picture_sealed', 'mark', 'updated_at'],
} as const;
/** Whoever was let go is no colleague any more: the picture stays for the day they return, and nobody sees it. */
const OF_COLLEAGUES =
  'FROM auth_member m JOIN auth_picture p ON p.tenant_id = m.tenant_id AND p.member_id = m.id ' +
  "WHERE m.tenant_id = ? AND m.state = 'active'";

/** The picture that a member shows to colleagues: optional, sealed, erased with the person (F-0104, F-0105). */
export class MemberPictures {
  constructor(private readonly ports: Pick<AuthPorts, 'database' | 'work' | 'clock' | 'cipher'>) {}

  /** One's own, a PNG with nothing else in it; 404 where there is none. */
  own({ tenantId, memberId }: PictureOwner): Promise<Buffer> {
    const sql = 'SELECT subject_id, picture_sealed FROM auth_picture WHERE tenant_id = ? AND member_id = ?';
    return this.find(tenantId, memberId, sql);
  }

  /** That of a member who works here; the same 404 for everybody else. */
  ofColleague({ tenantId, memberId }: PictureOwner): Promise<Buffer> {
    return this.find(tenantId, memberId, `SELECT p.subject_id, p.picture_sealed ${OF_COLLEAGUES} AND m.id = ?`);
  }

  /** Who has one: everybody who works here, or with `memberId` that member alone. */
  async marks(tenantId: string, memberId?: string): Promise<Marks> {
    const [only, ids] = memberId === undefined ? ['', []] : [' AND m.id = ?', [memberId]];
    const sql = `SELECT p.member_id, p.mark ${OF_COLLEAGUES}${only} ORDER BY m.id`;
    const rows = await this.read(tenantId, sql, [tenantId, ...ids]);
    return { items: rows.map(({ member_id: id, mark }) => ({ memberId: String(id), mark: String(mark) })) };
  }

  /** Takes the place of the former one; 415 for what is no picture of the form that is kept. */
  async keep({ tenantId, memberId }: PictureOwner, bytes: Buffer, correlationId: string): Promise<{ mark: string }> {
    const { work, clock, cipher } = this.ports;
    const text = plainPng(bytes).toString('base64');
    const subjectId = await this.subjectOf(tenantId, memberId);
    await cipher.load(tenantId, [subjectId], PICTURE.group);
    const sealed = cipher.seal(tenantId, subjectId, PICTURE, memberId, text, 'service-account');
    const mark = newId(clock.now());
    await inTenant(tenantId, () =>
      work.run(scopeOf({ tenantId, memberId }, correlationId), async ({ tx, record }) => {
        await assertLive(tx, tenantId, subjectId);
        await upsert(tx, ROW, [tenantId, memberId, subjectId, sealed, mark, clock.now()]);
        record({
          kind: 'account.picture-changed.v1',
          ...{ subjectId, resource: `member:${memberId}`, fields: 'picture', commitment: commitment(text) },
        });
      }),
    );
    return { mark };
  }

  /** Nothing happens where there is none. */
  async remove({ tenantId, memberId }: PictureOwner, correlationId: string): Promise<void> {
    const held = 'SELECT subject_id FROM auth_picture WHERE tenant_id = ? AND member_id = ?';
    const [row] = await this.read(tenantId, held, [tenantId, memberId]);
    if (!row) return;
    const subjectId = String(row.subject_id);
    await inTenant(tenantId, () =>
      this.ports.work.run(scopeOf({ tenantId, memberId }, correlationId), async ({ tx, record }) => {
        const sql = 'DELETE FROM auth_picture WHERE tenant_id = ? AND member_id = ?';
        await tx.run(sql, [tenantId, memberId]);
        record({
          kind: 'account.picture-removed.v1',
          ...{ subjectId, resource: `member:${memberId}`, fields: 'picture', commitment: commitment('') },
        });
      }),
    );
  }

  private async find(tenantId: string, memberId: string, sql: string): Promise<Buffer> {
    const [row] = await this.read(tenantId, sql, [tenantId, memberId]);
    if (!row) throw pictureNotFound();
    const subjectId = String(row.subject_id);
    // libsql answers blobs as ArrayBuffer.
    const sealed = Buffer.from(row.picture_sealed as Buffer);
    const { cipher } = this.ports;
    try {
      await cipher.load(tenantId, [subjectId], PICTURE.group);
      const text = cipher.open(tenantId, subjectId, PICTURE, memberId, sealed, 'service-account');
      return Buffer.from(text, 'base64');
    } catch (error) {
      // The person is being erased: to colleagues the picture is gone already.
      if (error instanceof AppError && error.status === 410) throw pictureNotFound();
      throw error;
    }
  }

  private async subjectOf(tenantId: string, memberId: string): Promise<string> {
    const sql = 'SELECT subject_id FROM auth_member WHERE tenant_id = ? AND id = ?';
    const [row] = await this.read(tenantId, sql, [tenantId, memberId]);
    if (!row) throw noWorkspace();
    return String(row.subject_id);
  }

  private read(tenantId: string, sql: string, params: readonly SqlValue[]): Promise<SqlRow[]> {
    return inTenant(tenantId, async () => this.ports.database.reader.all(sql, params));
  }
}

function scopeOf({ tenantId, memberId }: PictureOwner, correlationId: string) {
  return { tenantId, actor: { kind: 'member', id: memberId }, purpose: 'service-account', correlationId } as const;
}
