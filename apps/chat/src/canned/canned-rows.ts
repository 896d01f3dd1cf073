import type { CannedLocale, CannedOwner, CannedResponse, CannedText } from '@libs/contracts';
import { lastChange, lastChangeOf, type SqlReader, type SqlValue, type Tx } from '@libs/database';
import type { LastChange } from '@libs/kernel';
import { FIELD_CIPHER, type FieldCipher, field } from '@libs/privacy';
import { Inject, Injectable } from '@nestjs/common';

const OWN_PURPOSES = ['service-account'] as const;
const PURPOSE = OWN_PURPOSES[0];
const SEALED = {
  shortcut: field('chat_own_response', 'shortcut', 'identity', OWN_PURPOSES),
  title: field('chat_own_response', 'title', 'identity', OWN_PURPOSES),
  text: field('chat_own_response', 'text', 'identity', OWN_PURPOSES),
} as const;
const TEXTS = ['shortcut', 'title', 'text'] as const;
const TABLE = { workspace: 'chat_canned_response', me: 'chat_own_response' } as const;

/** Whose they are. */
export interface CannedWriter {
  readonly tenantId: string;
  readonly memberId: string;
  /** The member as a person. */
  readonly subjectId: string;
}

/** Where one lies, or will lie. */
export interface CannedPlace extends CannedWriter {
  readonly owner: CannedOwner;
  readonly id: string;
}

interface Row {
  readonly id: string;
  readonly shortcut: SqlValue;
  readonly title: SqlValue;
  readonly text: SqlValue;
  readonly locale: CannedLocale | null;
  readonly position: number | string;
  readonly version: number | string;
}

const COLUMNS = 'id, shortcut, title, text, locale, position, version';

/** Rows of canned responses: those of the workspace lie open, a member's own ones under the member's key. */
@Injectable()
export class CannedRows {
  constructor(@Inject(FIELD_CIPHER) private readonly cipher: FieldCipher) {}

  /** Keys first: nothing but the database is awaited once a transaction is open. */
  async unlock({ tenantId, subjectId }: CannedWriter): Promise<void> {
    await this.cipher.load(tenantId, [subjectId], 'identity');
  }

  /** All of one owner, in their order. Keys must be loaded. */
  async all(reader: SqlReader, writer: CannedWriter, owner: CannedOwner): Promise<readonly CannedResponse[]> {
    const { tenantId, memberId } = writer;
    const mine = owner === 'me';
    const rows = await reader.all<Row & Record<string, SqlValue>>(
      `SELECT ${COLUMNS} FROM ${TABLE[owner]} WHERE tenant_id = ?${mine ? ' AND member_id = ?' : ''}`,
      mine ? [tenantId, memberId] : [tenantId],
    );
    return rows.map((row) => this.responseOf(writer, owner, row)).sort(inOrder);
  }

  async insert(tx: Tx, place: CannedPlace, text: CannedText, at: number): Promise<readonly Buffer[]> {
    const { tenantId, memberId, subjectId, owner, id } = place;
    const values = this.values(place, text);
    const whose: Record<string, SqlValue> = owner === 'me' ? { member_id: memberId, subject_id: subjectId } : {};
    const rest = { locale: text.locale, position: text.position, version: 1, updated_at: at };
    const row: Record<string, SqlValue> = { tenant_id: tenantId, id, ...whose, ...values, ...rest };
    await tx.insert(TABLE[owner], Object.keys(row), [Object.values(row)]);
    return sealedOf(values);
  }

  async update(tx: Tx, place: CannedPlace, text: CannedText, at: number): Promise<readonly Buffer[]> {
    const { tenantId, memberId, owner, id } = place;
    const values = this.values(place, text);
    // One's own is written by nobody else.
    const shared = owner === 'workspace';
    await tx.run(
      `UPDATE ${TABLE[owner]} SET shortcut = ?, title = ?, text = ?, locale = ?, position = ?, updated_at = ?, ` +
        `version = version + 1${shared ? ', changed_by = ?' : ''} WHERE tenant_id = ? AND id = ?`,
      [
        ...[...TEXTS.map((name) => values[name]!), text.locale, text.position, at],
        ...[...(shared ? [memberId] : []), tenantId, id],
      ],
    );
    return sealedOf(values);
  }

  /** Who wrote one last, and when. */
  async lastChange(tx: Tx, { tenantId, memberId, owner, id }: CannedPlace): Promise<LastChange> {
    const key = { tenant_id: tenantId, id };
    if (owner === 'workspace') return lastChangeOf(tx, TABLE.workspace, key, 'updated_at');
    const [row] = await tx.all(`SELECT updated_at FROM ${TABLE.me} WHERE tenant_id = ? AND id = ?`, [tenantId, id]);
    return lastChange(memberId, row?.updated_at);
  }

  async remove(tx: Tx, { tenantId, owner, id }: CannedPlace): Promise<void> {
    await tx.run(`DELETE FROM ${TABLE[owner]} WHERE tenant_id = ? AND id = ?`, [tenantId, id]);
  }

  private values({ owner, tenantId, subjectId, id }: CannedPlace, text: CannedText): Record<string, SqlValue> {
    if (owner === 'workspace') return { shortcut: text.shortcut, title: text.title, text: text.text };
    const entries = TEXTS.map((name) => [
      name,
      this.cipher.seal(tenantId, subjectId, SEALED[name], id, text[name], PURPOSE),
    ]);
    return Object.fromEntries(entries) as Record<string, SqlValue>;
  }

  private responseOf({ tenantId, subjectId }: CannedWriter, owner: CannedOwner, row: Row): CannedResponse {
    const { id, locale } = row;
    // libsql answers blobs as ArrayBuffer.
    const read = (name: (typeof TEXTS)[number]): string =>
      owner === 'workspace'
        ? String(row[name])
        : this.cipher.open(tenantId, subjectId, SEALED[name], id, Buffer.from(row[name] as Buffer), PURPOSE);
    return {
      ...{ id, owner, shortcut: read('shortcut'), title: read('title'), text: read('text'), locale },
      ...{ position: Number(row.position), version: Number(row.version) },
    };
  }
}

function sealedOf(values: Readonly<Record<string, SqlValue>>): readonly Buffer[] {
  return Object.values(values).filter((value) => Buffer.isBuffer(value));
}

function inOrder(one: CannedResponse, other: CannedResponse): number {
  return one.position - other.position || one.shortcut.localeCompare(other.shortcut) || (one.id < other.id ? -1 : 1);
}
