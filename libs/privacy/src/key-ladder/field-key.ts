import { type KeyGroup, wipe } from '@libs/privacy-core';

/** A value this long is worth remembering; longer ones are messages, which are read once. */
const LONGEST_KEPT = 512;

interface Opened {
  readonly row: string;
  readonly sealed: Buffer;
  readonly plain: Buffer;
}

/**
 * Key of one column of one person, with the value that it opened last: a list that is read again opens nothing anew. The
 * value lives no longer than its key, under which it could be opened at any time, and is overwritten with it.
 */
export class FieldKey {
  private last: Opened | undefined;

  constructor(
    readonly group: KeyGroup,
    readonly bytes: Buffer,
  ) {}

  /** What `remember` was given for exactly this ciphertext in this row. */
  recall(row: string, sealed: Buffer): string | undefined {
    const { last } = this;
    return last && last.row === row && last.sealed.equals(sealed) ? last.plain.toString('utf8') : undefined;
  }

  /** Keeps `plain`, which is the caller's no more. */
  remember(row: string, sealed: Buffer, plain: Buffer): void {
    if (sealed.length > LONGEST_KEPT) return;
    if (this.last) wipe(this.last.plain);
    this.last = { row, sealed, plain };
  }

  wipe(): void {
    wipe(this.bytes);
    if (this.last) wipe(this.last.plain);
    this.last = undefined;
  }
}
