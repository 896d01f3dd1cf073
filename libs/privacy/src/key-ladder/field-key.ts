import { Buffer } from 'node:buffer';
import { deriveFieldKey, deriveFirstFieldKey, isSealedField, openField, openValue, wipe } from '@libs/privacy-core';

/** A value this long is worth remembering; longer ones are messages, which are read once. */
const LONGEST_KEPT = 512;

/**
 * Key of one column of one person, with the value that it opened last: a list that is read again opens nothing anew. The
 * value lives no longer than its key, under which it could be opened at any time, and is overwritten with it.
 *
 * A list of two hundred people leaves a thousand of these, which the collector has to carry through the young generation:
 * they are few objects with few buffers each.
 */
export class FieldKey {
  private derived: Buffer | undefined;
  private uses = 0;
  private row = '';
  /** The ciphertext that was opened last, and behind it what it says. */
  private kept: Buffer | undefined;
  private sealedLength = 0;

  /** `groupKey` is borrowed, its owner overwrites it; `next` is its next column. */
  constructor(
    readonly place: string,
    private readonly groupKey: Buffer,
    readonly next?: FieldKey,
  ) {}

  /** Borrowed until the next await; derived when it is used first. */
  get bytes(): Buffer {
    this.uses += 1;
    this.derived ??= deriveFieldKey(this.groupKey, this.place);
    return this.derived;
  }

  /** Plaintext of a value of this column; `aad` is its place. Throws `privacy.ciphertext-invalid`. */
  open(aad: string, sealed: Buffer): Buffer {
    return isSealedField(sealed) ? this.openFirst(aad, sealed) : openValue(this.bytes, aad, sealed);
  }

  /** What was sealed with AES-GCM has a key of its own, which lives for this opening alone. */
  private openFirst(aad: string, sealed: Buffer): Buffer {
    const key = deriveFirstFieldKey(this.groupKey, this.place);
    try {
      return openField(key, aad, sealed);
    } finally {
      wipe(key);
    }
  }

  /** What `remember` was given for exactly this ciphertext in this row. */
  recall(row: string, sealed: Buffer): string | undefined {
    const { kept, sealedLength } = this;
    if (kept === undefined || this.row !== row || sealed.length !== sealedLength) return undefined;
    return sealed.compare(kept, 0, sealedLength) === 0 ? kept.toString('utf8', sealedLength) : undefined;
  }

  /**
   * Keeps `plain`, which is the caller's no more. A key that was used for this alone goes: what is remembered answers, and
   * for another value it is derived anew and stays.
   */
  remember(row: string, sealed: Buffer, plain: Buffer): void {
    if (sealed.length > LONGEST_KEPT) return;
    this.forget();
    this.row = row;
    this.sealedLength = sealed.length;
    this.kept = Buffer.allocUnsafe(sealed.length + plain.length);
    sealed.copy(this.kept);
    plain.copy(this.kept, sealed.length);
    wipe(plain);
    if (this.uses === 1) this.wipeKey();
  }

  wipe(): void {
    this.wipeKey();
    this.forget();
  }

  private wipeKey(): void {
    if (this.derived) wipe(this.derived);
    this.derived = undefined;
  }

  private forget(): void {
    if (this.kept) wipe(this.kept);
    this.kept = undefined;
  }
}
