import { askMaria, clearMaria, tablesOfMaria } from './maria-copy.js';

/** A schema that has this table is half restored: nothing may start on it. */
const MARK = 'database_restoring';

/** True while a restore into this schema has not ended. */
export async function isHalfRestored(url: string): Promise<boolean> {
  return (await tablesOfMaria(url)).includes(MARK);
}

/** Marks the schema first, so that it is never taken for whole, then removes every other table. */
export async function beginRestore(url: string): Promise<void> {
  await askMaria(url, `CREATE TABLE IF NOT EXISTS ${MARK} (since INT)`);
  await clearMaria(url, MARK);
}

/** The rows are whole: anybody may start. */
export async function endRestore(url: string): Promise<void> {
  await askMaria(url, `DROP TABLE IF EXISTS ${MARK}`);
}
