import Libsql from 'libsql';
import { createConnection, type RowDataPacket } from 'mysql2/promise';

export interface RealColumn {
  readonly name: string;
  readonly nullable: boolean;
  /** Collation on MariaDB where the column is text; null elsewhere. */
  readonly collation: string | null;
  /** Text of any length; false for bytes and numbers. */
  readonly text: boolean;
}

/** A foreign key: `columns` of this table to `target`. */
export interface RealReference {
  readonly columns: readonly string[];
  readonly target: string;
  readonly onDelete: string;
}

/** A table as the database has it. */
export interface RealTable {
  readonly table: string;
  readonly columns: readonly RealColumn[];
  readonly primary: readonly string[];
  readonly unique: readonly (readonly string[])[];
  readonly references: readonly RealReference[];
}

/** Tables of a migrated SQLite file. */
export function sqliteSchema(file: string): RealTable[] {
  const connection = new Libsql(file);
  const all = <T>(sql: string): T[] => connection.prepare(sql).all() as T[];
  try {
    const names = all<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    );
    return names.map(({ name: table }) => {
      const info = all<{ name: string; type: string; notnull: number; pk: number }>(`PRAGMA table_info(${table})`);
      const indexes = all<{ name: string; unique: number; origin: string }>(`PRAGMA index_list(${table})`);
      return {
        table,
        columns: info.map(({ name, type, notnull, pk }) => ({
          name,
          nullable: notnull === 0 && pk === 0,
          collation: null,
          text: type.toUpperCase() === 'TEXT',
        })),
        primary: info
          .filter(({ pk }) => pk > 0)
          .sort((a, b) => a.pk - b.pk)
          .map(({ name }) => name),
        unique: indexes
          .filter(({ unique, origin }) => unique === 1 && origin !== 'pk')
          .map(({ name }) => all<{ name: string }>(`PRAGMA index_info(${name})`).map((column) => column.name)),
        references: referencesOf(all(`PRAGMA foreign_key_list(${table})`)),
      };
    });
  } finally {
    connection.close();
  }
}

interface ReferenceRow {
  readonly id: number | string;
  readonly from: string;
  readonly table: string;
  readonly on_delete: string;
}

/** One reference per `id`, its columns in order. */
function referencesOf(rows: readonly ReferenceRow[]): RealReference[] {
  return [...new Set(rows.map(({ id }) => id))].map((id) => {
    const own = rows.filter((row) => row.id === id);
    return { columns: own.map(({ from }) => from), target: own[0]!.table, onDelete: own[0]!.on_delete };
  });
}

/** Tables of a migrated MariaDB schema. */
export async function mariaSchema(url: string): Promise<RealTable[]> {
  const connection = await createConnection(url);
  try {
    const [columns] = await connection.query<RowDataPacket[]>(
      `SELECT table_name AS t, column_name AS c, is_nullable AS n, collation_name AS k, data_type AS d
       FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position`,
    );
    const [keys] = await connection.query<RowDataPacket[]>(
      `SELECT table_name AS t, index_name AS i, column_name AS c FROM information_schema.statistics
       WHERE table_schema = DATABASE() AND non_unique = 0 ORDER BY table_name, index_name, seq_in_index`,
    );
    const [links] = await connection.query<RowDataPacket[]>(
      `SELECT k.table_name AS t, k.constraint_name AS id, k.column_name AS \`from\`, r.referenced_table_name AS \`table\`,
         r.delete_rule AS on_delete
       FROM information_schema.key_column_usage k JOIN information_schema.referential_constraints r
         ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name AND r.table_name = k.table_name
       WHERE k.constraint_schema = DATABASE() ORDER BY k.table_name, k.constraint_name, k.ordinal_position`,
    );
    return [...new Set(columns.map((row) => String(row.t)))].map((table) => {
      const own = keys.filter((row) => row.t === table);
      const keyColumns = (index: string): string[] => own.filter((row) => row.i === index).map((row) => String(row.c));
      const others = [...new Set(own.map((row) => String(row.i)))].filter((name) => name !== 'PRIMARY');
      return {
        table,
        columns: columns
          .filter((row) => row.t === table)
          .map((row) => ({
            name: String(row.c),
            nullable: row.n === 'YES',
            collation: row.k === null ? null : String(row.k),
            text: /char|text/.test(String(row.d)),
          })),
        primary: keyColumns('PRIMARY'),
        unique: others.map(keyColumns),
        references: referencesOf(links.filter((row) => row.t === table) as unknown as ReferenceRow[]),
      };
    });
  } finally {
    await connection.end();
  }
}
