import type { SqlValue } from '@libs/database';
import { newId } from '@libs/kernel';
import type { Platform } from '@libs/platform';
import { getMetadataArgsStorage } from 'typeorm';
import type { ProductEntity } from '../architecture/product.js';
import type { RealTable } from '../architecture/real-schema.js';

/** A row that was put into a table for a person: its values by column. */
export type SeededRow = Readonly<Record<string, SqlValue>>;

const SUBJECTS = 'privacy_data_subject';

/** Tables with rows about a person: they name one, or belong to a row that does. */
export function tablesAbout(tables: readonly RealTable[]): ReadonlySet<string> {
  const about = new Set([SUBJECTS]);
  for (let before = 0; before < about.size; ) {
    before = about.size;
    for (const { table, columns, references } of tables) {
      const named = columns.some(({ name }) => name === 'subject_id');
      if (named || references.some(({ target }) => about.has(target))) about.add(table);
    }
  }
  return about;
}

/** Puts one row about a new person into every table of `about`, and the rows that those refer to. */
export async function seedPerson(
  platform: Platform,
  tenantId: string,
  entities: readonly ProductEntity[],
  tables: readonly RealTable[],
): Promise<{ readonly subjectId: string; readonly rows: ReadonlyMap<string, SeededRow> }> {
  const subjectId = newId();
  await platform.committer.submit({
    ...{ tenantId, actor: { kind: 'visitor', id: subjectId }, purpose: 'support-conversation' },
    ...{ correlationId: 'test', steps: [platform.subjects.step({ subjectId, create: 'visitor' })] },
    journal: [{ kind: 'test.born.v1', subjectId, resource: `subject:${subjectId}`, fields: '', commitment: null }],
  });
  const rows = new Map<string, SeededRow>([[SUBJECTS, { tenant_id: tenantId, id: subjectId }]]);
  const seed = async (name: string): Promise<void> => {
    if (rows.has(name)) return;
    const { references } = tables.find(({ table }) => table === name)!;
    const parents = references.filter(({ target }) => target !== 'tenant_tenant' && target !== name);
    for (const { target } of parents) await seed(target);
    const row: Record<string, SqlValue> = Object.fromEntries(
      columnsOf(entities, name).map(({ column, type, length }) => [column, sample(type, length)]),
    );
    if ('subject_id' in row) row.subject_id = subjectId;
    for (const { columns, target } of parents) row[columns[1]!] = rows.get(target)!.id!;
    row.tenant_id = tenantId;
    rows.set(name, row);
    const write = platform.work.upkeep(
      async (tx) => tx.insert(name, Object.keys(row), [Object.values(row)]),
      new Set([tenantId]),
    );
    await write;
  };
  // The journal and the feed write their own rows.
  for (const name of tablesAbout(tables)) if (!name.startsWith('event_')) await seed(name);
  return { subjectId, rows };
}

function columnsOf(entities: readonly ProductEntity[], table: string) {
  const target = entities.find((entity) => entity.table === table)!.entity;
  return getMetadataArgsStorage()
    .columns.filter((column) => column.target === target)
    .map(({ options, propertyName }) => ({
      ...{ column: options.name ?? propertyName, type: options.type, length: Number(options.length ?? 0) },
    }));
}

function sample(type: unknown, length: number): SqlValue {
  if (type === 'int') return 1;
  if (type === 'blob') return Buffer.from(newId().replaceAll('-', ''), 'hex');
  if (type === 'text') return '{}';
  return length < 36 ? newId().replaceAll('-', '').slice(-length) : newId();
}
