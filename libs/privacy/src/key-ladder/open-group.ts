import { Buffer } from 'node:buffer';
import { KEY_BYTES, type KeyGroup, wipe } from '@libs/privacy-core';
import { FieldKey } from './field-key.js';

/** A group key in memory, of which only that is kept from which its field keys are derived, and those that were asked for. */
export class OpenGroup {
  /** A chain and no map: a person has a handful of columns, and lists open hundreds of people at once. */
  private first: FieldKey | undefined;

  private readonly secret = Buffer.allocUnsafe(KEY_BYTES);

  /** Overwrites `secret`, the `fieldSecret` of the group key, of which it keeps a copy; `loadedAt` in ms. */
  constructor(
    readonly name: KeyGroup,
    secret: Buffer,
    readonly loadedAt: number,
  ) {
    // Out of the pool: a hash answers with memory of its own, which costs the collector ten times as much.
    secret.copy(this.secret);
    wipe(secret);
  }

  /** Key of the column `place`, `table.column`. */
  field(place: string): FieldKey {
    for (let key = this.first; key; key = key.next) if (key.place === place) return key;
    this.first = new FieldKey(place, this.secret, this.first);
    return this.first;
  }

  /** Overwrites the key, those below it and what they remember. */
  wipe(): void {
    wipe(this.secret);
    for (let key = this.first; key; key = key.next) key.wipe();
    this.first = undefined;
  }
}
