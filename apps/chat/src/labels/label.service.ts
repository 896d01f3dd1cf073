import { plainText } from '@libs/auth';
import {
  LABEL_NAME_MOST,
  type Label,
  type LabelCreate,
  type LabelEdit,
  type LabelUse,
  MOST_LABELS,
} from '@libs/contracts';
import { forUpdate, type SqlValue, type Tx, UnitOfWork, upsert, type Work } from '@libs/database';
import { InvalidInputError } from '@libs/http';
import { CLOCK, type Clock, newId } from '@libs/kernel';
import { textHash } from '@libs/privacy-core';
import { lockTenant } from '@libs/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import { dropLabel } from '../views/view-rows.js';
import { labelErrors } from './label.errors.js';
import { LabelRepository, readLabels } from './label.repository.js';

/** Who changes the labels of the workspace. */
export interface LabelEditor {
  readonly tenantId: string;
  readonly memberId: string;
  readonly correlationId: string;
}

const ROW = {
  table: 'chat_label',
  columns: ['tenant_id', 'id', 'name', 'name_key', 'colour', 'position', 'archived', 'created_at'],
  keys: ['tenant_id', 'name_key'],
  update: [],
} as const;

/** The labels that a workspace has (F-0301). Each change is one unit of work; of two alike at once one is made. */
@Injectable()
export class LabelService {
  constructor(
    private readonly work: UnitOfWork,
    private readonly labels: LabelRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  all(): Promise<readonly Label[]> {
    return this.labels.all();
  }

  /** What deleting it takes away. */
  async use(id: string): Promise<LabelUse> {
    const known = await this.labels.all();
    if (!known.some((label) => label.id === id)) throw labelErrors.notFound();
    return { conversations: await this.labels.uses(id) };
  }

  async create(by: LabelEditor, wish: LabelCreate): Promise<Label> {
    const name = checkedName(wish.name);
    const id = newId();
    return this.commit(by, async ({ tx, record }) => {
      const before = await readLabels(tx, by.tenantId);
      if (before.length >= MOST_LABELS) throw labelErrors.tooMany();
      const order = Math.max(-1, ...before.map((label) => label.order)) + 1;
      const row = [by.tenantId, id, name, keyOf(name), wish.colour, order, 0, this.clock.now()];
      await upsert(tx, ROW, row);
      if ((await holderOf(tx, by.tenantId, name)) !== id) throw labelErrors.exists();
      record(entry('chat.label-created.v1', id, 'name,colour'));
      return { id, name, colour: wish.colour, order, archived: false };
    });
  }

  async edit(by: LabelEditor, id: string, edit: LabelEdit): Promise<Label> {
    const name = edit.name === undefined ? undefined : checkedName(edit.name);
    return this.commit(by, async ({ tx, record }) => {
      await take(tx, by.tenantId, id);
      if (name !== undefined) {
        const holder = await holderOf(tx, by.tenantId, name);
        if (holder !== undefined && holder !== id) throw labelErrors.exists();
      }
      const columns: Record<string, SqlValue> = {
        ...(name === undefined ? {} : { name, name_key: keyOf(name) }),
        ...(edit.colour === undefined ? {} : { colour: edit.colour }),
        ...(edit.archived === undefined ? {} : { archived: edit.archived ? 1 : 0 }),
      };
      await write(tx, by.tenantId, id, columns);
      if (edit.order !== undefined) await this.move(tx, by.tenantId, id, edit.order);
      record(entry('chat.label-changed.v1', id, Object.keys(edit).sort().join(',')));
      return (await readLabels(tx, by.tenantId)).find((label) => label.id === id)!;
    });
  }

  /** Takes it off every conversation and out of every saved view, at once with the label itself. */
  async delete(by: LabelEditor, id: string): Promise<void> {
    await this.commit(by, async ({ tx, record }) => {
      await take(tx, by.tenantId, id);
      await tx.run('DELETE FROM chat_conversation_label WHERE tenant_id = ? AND label_id = ?', [by.tenantId, id]);
      await dropLabel(tx, by.tenantId, id);
      await tx.run('DELETE FROM chat_label WHERE tenant_id = ? AND id = ?', [by.tenantId, id]);
      record(entry('chat.label-deleted.v1', id, 'label'));
    });
  }

  /** One change at a time: names, order and number hold for all of them. */
  private commit<T>({ tenantId, memberId, correlationId }: LabelEditor, work: (work: Work) => Promise<T>): Promise<T> {
    const actor = { kind: 'member', id: memberId } as const;
    return this.work.run({ tenantId, actor, purpose: 'service-account', correlationId }, async (open) => {
      await lockTenant(open.tx, tenantId);
      return work(open);
    });
  }

  /** Numbers all of them anew, as few as they are. */
  private async move(tx: Tx, tenantId: string, id: string, order: number): Promise<void> {
    const ids = (await readLabels(tx, tenantId)).map((label) => label.id).filter((one) => one !== id);
    ids.splice(order, 0, id);
    for (const [position, one] of ids.entries()) await write(tx, tenantId, one, { position });
  }
}

async function write(tx: Tx, tenantId: string, id: string, columns: Readonly<Record<string, SqlValue>>): Promise<void> {
  const names = Object.keys(columns);
  if (names.length === 0) return;
  const set = names.map((name) => `${name} = ?`).join(', ');
  await tx.run(`UPDATE chat_label SET ${set} WHERE tenant_id = ? AND id = ?`, [
    ...Object.values(columns),
    tenantId,
    id,
  ]);
}

/** Locks it: whoever puts it on a conversation at the same time waits, and then finds it changed or gone. */
async function take(tx: Tx, tenantId: string, id: string): Promise<void> {
  const rows = await tx.all(`SELECT id FROM chat_label WHERE tenant_id = ? AND id = ?${forUpdate(tx)}`, [tenantId, id]);
  if (rows.length === 0) throw labelErrors.notFound();
}

async function holderOf(tx: Tx, tenantId: string, name: string): Promise<string | undefined> {
  const sql = `SELECT id FROM chat_label WHERE tenant_id = ? AND name_key = ?${forUpdate(tx)}`;
  const [row] = await tx.all<{ id: string }>(sql, [tenantId, keyOf(name)]);
  return row?.id;
}

function checkedName(name: string): string {
  const plain = plainText(name, LABEL_NAME_MOST);
  if ('rule' in plain) throw new InvalidInputError([{ field: 'name', rule: plain.rule }]);
  return plain.value;
}

/** The same for names that read alike: capitals, full and half width. */
function keyOf(name: string): string {
  return textHash(name.normalize('NFKC').toLowerCase().normalize('NFKC'));
}

function entry(kind: string, id: string, fields: string) {
  return { kind, subjectId: null, resource: `label:${id}`, fields, commitment: null };
}
