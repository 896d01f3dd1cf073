import type { JsonSchema } from './json-shape.js';

/** Places outside of tables where data can lie. */
export type StoreKind = 'bucket-prefix' | 'queue' | 'event' | 'log-stream' | 'cache' | 'folder' | 'browser-storage';

/** A place outside of tables: its name and every field that may be in it. */
export interface StoreDeclaration {
  readonly store: StoreKind;
  /** `media/{tenant}/`, `jobs.retention`, `chat.message-sent.v1`, `application-log` … */
  readonly name: string;
  readonly fields: JsonSchema;
}

const stores = new Map<string, StoreDeclaration>();

/** Declares a place once, at the top of the file that writes to it; the same name twice is refused. */
export function declareStore<T extends StoreDeclaration>(declaration: T): T {
  const name = `${declaration.store} ${declaration.name}`;
  const known = stores.get(name);
  if (known && JSON.stringify(known) !== JSON.stringify(declaration)) {
    throw new TypeError(`The store "${name}" is declared twice with different fields.`);
  }
  stores.set(name, declaration);
  return declaration;
}

/** Everything declared so far, by name. */
export function declaredStores(): readonly StoreDeclaration[] {
  return [...stores.values()].sort((a, b) => compare(`${a.store} ${a.name}`, `${b.store} ${b.name}`));
}

/** Order that does not depend on the language of the machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
