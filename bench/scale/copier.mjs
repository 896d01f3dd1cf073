import { randomBytes } from 'node:crypto';

/** Rows of one table, each with the columns of a row that the product wrote, but for those that are given. */
export class Copier {
  #statement;
  #values;
  #places;

  constructor(database, table, template, changing) {
    const columns = Object.keys(template);
    const unknown = changing.filter((name) => !columns.includes(name));
    if (unknown.length > 0) throw new Error(`${table} has no column ${unknown.join(', ')}`);
    const marks = columns.map(() => '?').join(', ');
    this.#statement = database.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`);
    this.#values = columns.map((name) => template[name]);
    this.#places = changing.map((name) => columns.indexOf(name));
  }

  /** One row; `values` in the order of `changing`. */
  add(...values) {
    for (const [at, place] of this.#places.entries()) this.#values[place] = values[at];
    this.#statement.run(this.#values);
  }
}

/** Rows that the product wrote; blobs as buffers. */
export function rowsOf(database, table, where = '1 = 1', ...params) {
  const rows = database.prepare(`SELECT * FROM ${table} WHERE ${where}`).all(params);
  for (const row of rows) {
    for (const [name, value] of Object.entries(row)) {
      if (value instanceof ArrayBuffer) row[name] = Buffer.from(value);
    }
  }
  return rows;
}

/** An id of the product's form (UUIDv7); from many random bytes at once. */
export function idAt(now) {
  const bytes = take(16);
  bytes.writeUIntBE(Math.trunc(now), 0, 6);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** `count` random bytes as hexadecimal digits. */
export const hex = (count) => take(count).toString('hex');

let pool = Buffer.alloc(0);
function take(count) {
  if (pool.length < count) pool = randomBytes(65_536);
  const taken = pool.subarray(0, count);
  pool = pool.subarray(count);
  return taken;
}
