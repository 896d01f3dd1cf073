// Imported and not taken from the global object, where it lies behind a getter: a cold list asks for it thousands of times.
import { Buffer } from 'node:buffer';

/** Up to this many bytes are copied sooner than a view is made. */
export const COPIED = 128;

/**
 * Memory that stays, for what a cipher is only shown, with a view of each length that was asked for: nonce, tag, place and
 * text of a thousand values would be four thousand buffers, which cost a quarter of what opening does. To be used at once.
 */
export class Shown {
  private readonly memory: Buffer;
  private readonly views: Buffer[] = [];

  constructor(size: number) {
    this.memory = Buffer.alloc(size);
  }

  /** `size` bytes of `from`, beginning with `start`, or a view of `from` where they are too many. */
  bytes(from: Buffer, start: number, size: number): Buffer {
    if (size > COPIED) return from.subarray(start, start + size);
    // Byte by byte: a copy of a part makes a view of that part first.
    for (let at = 0; at < size; at++) this.memory[at] = from[start + at]!;
    return this.view(size);
  }

  /** `text` in UTF-8, which takes at most three bytes for each unit of a string. */
  text(text: string): Buffer {
    if (text.length * 3 > this.memory.length) return Buffer.from(text, 'utf8');
    return this.view(this.memory.write(text, 0, 'utf8'));
  }

  private view(size: number): Buffer {
    this.views[size] ??= this.memory.subarray(0, size);
    return this.views[size];
  }
}

/** Ids and names, no secret. */
const places = new Shown(1024);

/** Bytes of the place that a ciphertext is bound to; to be used at once. */
export function placeBytes(place: Buffer | string): Buffer {
  return typeof place === 'string' ? places.text(place) : place;
}
