import { crc32, deflateSync } from 'node:zlib';

/** The eight bytes that every PNG begins with. */
export const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** One chunk with its length and checksum; `checksum` plants another one. */
export function aChunk(type: string, data: Buffer = Buffer.alloc(0), checksum?: number): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(checksum ?? crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** What the header says: sides, then depth, colour, compression, filter, interlacing. */
export function aHeader(width: number, height = width, form: readonly number[] = [8, 2, 0, 0, 0]): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  Buffer.from(form).copy(data, 8);
  return data;
}

/** The rows of a square, each begun by the way it is filtered; `text` stands in the first pixels. */
export function rowsOf(side: number, channels = 3, text = ''): Buffer {
  const rows = Buffer.alloc(side * (1 + side * channels));
  rows.write(text, 1, 'latin1');
  return rows;
}

/** A picture that may be kept. `level` 0 leaves the text readable in the file. */
export function aPicture(side = 32, text = '', level = 9): Buffer {
  const pixels = deflateSync(rowsOf(side, 3, text), { level });
  return Buffer.concat([SIGNATURE, aChunk('IHDR', aHeader(side)), aChunk('IDAT', pixels), aChunk('IEND')]);
}
