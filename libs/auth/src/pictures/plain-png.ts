import { crc32, inflateSync } from 'node:zlib';
import { MEMBER_PICTURE } from '@libs/contracts';
import { type PictureRule, pictureInvalid } from './picture.errors.js';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Length, type and checksum around the data of a chunk. */
const FRAME_BYTES = 12;
const HEADER_BYTES = 13;
/** The part of the header behind the size that a kept picture has: eight bits, RGB or RGBA, nothing special. */
const RGB = Buffer.from([8, 2, 0, 0, 0]);
const RGBA = Buffer.from([8, 6, 0, 0, 0]);
/** The last way to filter a row that the format knows. */
const LAST_FILTER = 4;

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
}

interface Shape {
  readonly side: number;
  /** Bytes of a pixel. */
  readonly channels: number;
}

/**
 * The picture in `bytes` with nothing around it, or 415: one header, one stream of pixels, one end. Whatever else a PNG
 * can carry (place and camera, texts, profiles, further frames) is not taken over, and what lies behind the end or behind
 * the pixels is refused, so that no other file can hide there.
 */
export function plainPng(bytes: Buffer): Buffer {
  demand(bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE), 'signature');
  const chunks = chunksOf(bytes);
  const [header, ...behind] = chunks;
  demand(header?.type === 'IHDR' && header.data.length === HEADER_BYTES, 'header');
  const end = behind.pop();
  demand(end?.type === 'IEND' && end.data.length === 0, 'chunks');
  const shape = shapeOf(header.data);
  const stream = streamOf(behind);
  demand(isExactly(stream, shape), 'pixels');
  return Buffer.concat([SIGNATURE, framed('IHDR', header.data), framed('IDAT', stream), framed('IEND')]);
}

function demand(met: boolean, rule: PictureRule): asserts met {
  if (!met) throw pictureInvalid(rule);
}

/** All chunks up to the last byte, each with its own length and checksum right. */
function chunksOf(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at < bytes.length; ) {
    demand(bytes.length - at >= FRAME_BYTES, 'chunks');
    const end = at + FRAME_BYTES + bytes.readUInt32BE(at);
    demand(end <= bytes.length, 'chunks');
    const body = bytes.subarray(at + 4, end - 4);
    demand(crc32(body) === bytes.readUInt32BE(end - 4), 'chunks');
    const type = body.toString('latin1', 0, 4);
    demand(/^[A-Za-z]{4}$/.test(type), 'chunks');
    chunks.push({ type, data: body.subarray(4) });
    at = end;
  }
  return chunks;
}

function shapeOf(header: Buffer): Shape {
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const form = header.subarray(8);
  demand(form.equals(RGB) || form.equals(RGBA), 'header');
  const { leastSide, mostSide } = MEMBER_PICTURE;
  demand(width === height && width >= leastSide && width <= mostSide, 'size');
  return { side: width, channels: form.equals(RGB) ? 3 : 4 };
}

/** The pixels, which stand in one row of chunks; besides them only what a reader may skip. */
function streamOf(chunks: readonly Chunk[]): Buffer {
  const isPixels = ({ type }: Chunk) => type === 'IDAT';
  demand(
    chunks.every((chunk) => isPixels(chunk) || /^[a-z]/.test(chunk.type)),
    'chunks',
  );
  const first = chunks.findIndex(isPixels);
  const last = chunks.findLastIndex(isPixels);
  const row = first === -1 ? [] : chunks.slice(first, last + 1);
  demand(row.length > 0 && row.every(isPixels), 'chunks');
  return Buffer.concat(row.map(({ data }) => data));
}

/** Unpacks to the bytes of the size and not one more; memory is bounded by that, whatever the stream claims. */
function isExactly(stream: Buffer, { side, channels }: Shape): boolean {
  const row = 1 + side * channels;
  const pixels = unpacked(stream, side * row);
  if (pixels?.length !== side * row) return false;
  for (let at = 0; at < pixels.length; at += row) if (pixels[at]! > LAST_FILTER) return false;
  return true;
}

function unpacked(stream: Buffer, most: number): Buffer | undefined {
  try {
    const { buffer, engine } = inflateSync(stream, { maxOutputLength: most, info: true }) as unknown as {
      readonly buffer: Buffer;
      readonly engine: { readonly bytesWritten: number };
    };
    // The stream has an end of its own, and what lies behind it is silently passed over.
    return engine.bytesWritten === stream.length ? buffer : undefined;
  } catch {
    return undefined;
  }
}

function framed(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
