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

/** A table as the database has it. */
export interface RealTable {
  readonly table: string;
  readonly columns: readonly RealColumn[];
  readonly primary: readonly string[];
  readonly unique: readonly (readonly string[])[];
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
      };
    });
  } finally {
    connection.close();
  }
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
      };
    });
  } finally {
    await connection.end();
  }
}
