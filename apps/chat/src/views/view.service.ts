import { plainText } from '@libs/auth';
import { MOST_VIEWS, type SavedView, type SavedViewKeep, type SavedViews, VIEW_NAME_MOST } from '@libs/contracts';
import { DATABASE, type Database, forUpdate, type Tx, UnitOfWork } from '@libs/database';
import { InvalidInputError } from '@libs/http';
import { CLOCK, type Clock, newId } from '@libs/kernel';
import { FIELD_CIPHER, type FieldCipher, field } from '@libs/privacy';
import { currentTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import { ListChecks } from '../conversations/list-checks.js';
import { viewErrors } from './view.errors.js';
import { readViews, type ViewRow } from './view-rows.js';

const NAME = field('chat_view', 'name_sealed', 'identity', ['service-account']);
const PURPOSE = 'service-account';
const COLUMNS = [
  ...['tenant_id', 'id', 'member_id', 'subject_id', 'name_sealed', 'view', 'sort', 'filter', 'position', 'at'],
] as const;

/** Whose views they are: a member, and the person whose key their names lie under. */
export interface ViewKeeper {
  readonly tenantId: string;
  readonly memberId: string;
  readonly subjectId: string;
  readonly correlationId: string;
}

/** Lists that a member keeps (F-0301): their name lies under the member's own key, and nobody else sees them. */
@Injectable()
export class ViewService {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly work: UnitOfWork,
    private readonly checks: ListChecks,
    @Inject(FIELD_CIPHER) private readonly cipher: FieldCipher,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async all({ tenantId, memberId }: Pick<ViewKeeper, 'tenantId' | 'memberId'>): Promise<SavedViews> {
    const rows = await readViews(this.database.reader, currentTenant().tenantId, memberId);
    if (rows.length > 0) await this.cipher.load(tenantId, [rows[0]!.subjectId], NAME.group);
    return { items: rows.map((row) => this.shown(tenantId, row)) };
  }

  async create(keeper: ViewKeeper, keep: SavedViewKeep): Promise<SavedView> {
    const id = newId();
    const sealed = await this.prepare(keeper, id, keep);
    const { tenantId, memberId, subjectId } = keeper;
    await this.commit(keeper, id, 'chat.view-kept.v1', async (tx) => {
      const before = await readViews(tx, tenantId, memberId);
      if (before.length >= MOST_VIEWS) throw viewErrors.tooMany();
      const position = Math.max(-1, ...before.map((view) => view.order)) + 1;
      const row = [tenantId, id, memberId, subjectId, sealed, keep.view, keep.sort, JSON.stringify(keep.filter)];
      await tx.insert('chat_view', COLUMNS, [[...row, position, this.clock.now()]]);
      if (keep.order !== undefined) await move(tx, keeper, id, keep.order);
    });
    return this.find(keeper, id);
  }

  async replace(keeper: ViewKeeper, id: string, keep: SavedViewKeep): Promise<SavedView> {
    await this.find(keeper, id);
    const sealed = await this.prepare(keeper, id, keep);
    const { tenantId, memberId } = keeper;
    await this.commit(keeper, id, 'chat.view-kept.v1', async (tx) => {
      const found = await tx.run(
        'UPDATE chat_view SET name_sealed = ?, view = ?, sort = ?, filter = ?, at = ? ' +
          'WHERE tenant_id = ? AND id = ? AND member_id = ?',
        [sealed, keep.view, keep.sort, JSON.stringify(keep.filter), this.clock.now(), tenantId, id, memberId],
      );
      if (found === 0) throw viewErrors.notFound();
      if (keep.order !== undefined) await move(tx, keeper, id, keep.order);
    });
    return this.find(keeper, id);
  }

  async delete(keeper: ViewKeeper, id: string): Promise<void> {
    const { tenantId, memberId } = keeper;
    await this.commit(keeper, id, 'chat.view-deleted.v1', async (tx) => {
      const found = await tx.run('DELETE FROM chat_view WHERE tenant_id = ? AND id = ? AND member_id = ?', [
        ...[tenantId, id, memberId],
      ]);
      if (found === 0) throw viewErrors.notFound();
    });
  }

  /** The view if it is the asker's own. */
  private async find(keeper: ViewKeeper, id: string): Promise<SavedView> {
    const found = (await this.all(keeper)).items.find((view) => view.id === id);
    if (!found) throw viewErrors.notFound();
    return found;
  }

  /** Checks what shall be kept, and seals its name. */
  private async prepare(keeper: ViewKeeper, id: string, { name, filter }: SavedViewKeep) {
    const plain = plainText(name, VIEW_NAME_MOST);
    if ('rule' in plain) throw new InvalidInputError([{ field: 'name', rule: plain.rule }]);
    await this.checks.check(keeper.tenantId, filter);
    const { tenantId, subjectId } = keeper;
    await this.cipher.load(tenantId, [subjectId], NAME.group);
    return this.cipher.seal(tenantId, subjectId, NAME, id, plain.value, PURPOSE);
  }

  private shown(tenantId: string, { id, subjectId, nameSealed, view, filter, sort, order }: ViewRow): SavedView {
    const name = this.cipher.open(tenantId, subjectId, NAME, id, nameSealed, PURPOSE);
    return { id, name, view, filter, sort, order };
  }

  private commit(
    { tenantId, memberId, subjectId, correlationId }: ViewKeeper,
    id: string,
    kind: string,
    write: (tx: Tx) => Promise<void>,
  ): Promise<void> {
    const actor = { kind: 'member', id: memberId } as const;
    return this.work.run({ tenantId, actor, purpose: PURPOSE, correlationId }, async ({ tx, record }) => {
      await lockOwner(tx, tenantId, subjectId);
      await write(tx);
      record({ kind, subjectId, resource: `view:${id}`, fields: 'view', commitment: null });
    });
  }
}

/** One change of a member's views at a time: their number holds for all of them. Whoever is being erased gets no row. */
async function lockOwner(tx: Tx, tenantId: string, subjectId: string): Promise<void> {
  const sql = "SELECT id FROM privacy_data_subject WHERE tenant_id = ? AND id = ? AND state = 'live'";
  const rows = await tx.all(sql + forUpdate(tx), [tenantId, subjectId]);
  if (rows.length === 0) throw viewErrors.notFound();
}

/** Numbers all of the member's views anew, as few as they are. */
async function move(tx: Tx, { tenantId, memberId }: ViewKeeper, id: string, order: number): Promise<void> {
  const ids = (await readViews(tx, tenantId, memberId)).map((view) => view.id).filter((one) => one !== id);
  ids.splice(order, 0, id);
  for (const [position, one] of ids.entries()) {
    await tx.run('UPDATE chat_view SET position = ? WHERE tenant_id = ? AND id = ?', [position, tenantId, one]);
  }
}
