import { Buffer } from 'node:buffer';
import { KEY_BYTES, type KeyGroup, wipe } from '@libs/privacy-core';
import { FieldKey } from './field-key.js';

/** What the field keys of a group are expanded from, in memory, with those that were asked for. */
export class OpenGroup {
  /** A chain and no map: a person has a handful of columns, and lists open hundreds of people at once. */
  private first: FieldKey | undefined;

  private readonly key = Buffer.allocUnsafe(KEY_BYTES);

  /** Overwrites `key`, of which it keeps a copy; `loadedAt` in ms. */
  constructor(
    readonly name: KeyGroup,
    key: Buffer,
    readonly loadedAt: number,
  ) {
    // Out of the pool: a cipher answers with memory of its own, which costs the collector ten times as much.
    key.copy(this.key);
    wipe(key);
  }

  /** Key of the column `place`, `table.column`. */
  field(place: string): FieldKey {
    for (let key = this.first; key; key = key.next) if (key.place === place) return key;
    this.first = new FieldKey(place, this.key, this.first);
    return this.first;
  }

  /** Overwrites the key, those below it and what they remember. */
  wipe(): void {
    wipe(this.key);
    for (let key = this.first; key; key = key.next) key.wipe();
    this.first = undefined;
  }
}
