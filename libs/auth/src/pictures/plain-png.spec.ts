import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { aChunk, aHeader, aPicture, rowsOf, SIGNATURE } from '../testing/a-picture.js';
import { plainPng } from './plain-png.js';

const IEND = aChunk('IEND');
const packed = (rows: Buffer) => deflateSync(rows);
const of = (...chunks: readonly Buffer[]) => Buffer.concat([SIGNATURE, ...chunks]);
const head = (width: number, height = width, form = [8, 2, 0, 0, 0]) => aChunk('IHDR', aHeader(width, height, form));
const pixels = (side: number, channels = 3) => aChunk('IDAT', packed(rowsOf(side, channels)));
const MARKER = Buffer.from('31.2304N 121.4737E');

function refusal(bytes: Buffer): unknown {
  try {
    plainPng(bytes);
    return 'kept';
  } catch (error) {
    const { code, status, details } = error as { code: string; status: number; details: { rule: string } };
    expect([code, status]).toEqual(['account.picture-invalid', 415]);
    return details.rule;
  }
}

describe('the one form of picture that is kept', () => {
  it.each([32, 256, 512])('F-0104 a square of %i pixels stays as it is', (side) => {
    expect(plainPng(aPicture(side)).equals(aPicture(side))).toBe(true);
  });

  it('F-0104 with transparency too, and with its pixels in several chunks, which become one', () => {
    const stream = packed(rowsOf(40, 4));
    const form = [8, 6, 0, 0, 0];
    const parts = [aChunk('IDAT', stream.subarray(0, 9)), aChunk('IDAT'), aChunk('IDAT', stream.subarray(9))];
    const whole = of(head(40, 40, form), aChunk('IDAT', stream), IEND);
    expect(plainPng(of(head(40, 40, form), ...parts, IEND)).equals(whole)).toBe(true);
  });

  it.each(['eXIf', 'tEXt', 'iTXt', 'iCCP', 'tIME', 'acTL', 'fcTL', 'fdAT', 'prVt'])(
    'F-0104 P-0301 what it carries besides, like %s, is not taken over',
    (type) => {
      const extra = aChunk(type, MARKER);
      const kept = plainPng(of(head(32), extra, pixels(32), extra, IEND));
      expect(kept.equals(of(head(32), pixels(32), IEND))).toBe(true);
      expect(kept.includes(MARKER)).toBe(false);
    },
  );

  it.each<readonly [what: string, bytes: Buffer, rule: string]>([
    ['nothing', Buffer.alloc(0), 'signature'],
    ['the signature alone', SIGNATURE, 'header'],
    ['a JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46]), 'signature'],
    ['a WebP', Buffer.from('RIFF\0\0\0\0WEBPVP8 '), 'signature'],
    ['a drawing with a script', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'signature'],
    ['a page', Buffer.from('<!doctype html><script>1</script>'), 'signature'],
    ['a page before the picture', Buffer.concat([Buffer.from('<p>'), aPicture()]), 'signature'],
    ['one that was cut short', aPicture().subarray(0, -1), 'chunks'],
    ['one without its end', aPicture().subarray(0, -12), 'chunks'],
    ['a file behind the picture', Buffer.concat([aPicture(), Buffer.from('PK\x03\x04 and the rest')]), 'chunks'],
    ['a whole chunk behind the end', Buffer.concat([aPicture(), aChunk('tEXt', MARKER)]), 'chunks'],
    ['one byte behind the end', Buffer.concat([aPicture(), Buffer.alloc(1)]), 'chunks'],
    ['two ends', Buffer.concat([aPicture(), IEND]), 'chunks'],
    ['an end with something in it', of(head(32), pixels(32), aChunk('IEND', MARKER)), 'chunks'],
    ['a wrong checksum', of(head(32), aChunk('IDAT', packed(rowsOf(32)), 7), IEND), 'chunks'],
    ['a wrong checksum of what is not taken over', of(head(32), aChunk('tEXt', MARKER, 7), pixels(32), IEND), 'chunks'],
    ['a type of no letters', of(head(32), aChunk('1234'), pixels(32), IEND), 'chunks'],
    ['a chunk that nobody may skip', of(head(32), aChunk('PLTE', Buffer.alloc(3)), pixels(32), IEND), 'chunks'],
    ['a second header', of(head(32), head(32), pixels(32), IEND), 'chunks'],
    ['no pixels', of(head(32), IEND), 'chunks'],
    ['pixels in two places', of(head(32), pixels(32), aChunk('tEXt'), pixels(32), IEND), 'chunks'],
    ['pixels before the header', of(pixels(32), head(32), IEND), 'header'],
    ['a header that is too long', of(aChunk('IHDR', Buffer.alloc(14)), pixels(32), IEND), 'header'],
    ['sixteen bits', of(head(32, 32, [16, 2, 0, 0, 0]), pixels(32, 6), IEND), 'header'],
    ['a palette', of(head(32, 32, [8, 3, 0, 0, 0]), pixels(32, 1), IEND), 'header'],
    ['grey', of(head(32, 32, [8, 0, 0, 0, 0]), pixels(32, 1), IEND), 'header'],
    ['interlacing', of(head(32, 32, [8, 2, 0, 0, 1]), pixels(32), IEND), 'header'],
    ['another compression', of(head(32, 32, [8, 2, 1, 0, 0]), pixels(32), IEND), 'header'],
    ['another filter', of(head(32, 32, [8, 2, 0, 1, 0]), pixels(32), IEND), 'header'],
    ['31 pixels', aPicture(31), 'size'],
    ['513 pixels', aPicture(513), 'size'],
    ['no square', of(head(32, 64), pixels(32), IEND), 'size'],
    ['a size beyond all memory', of(head(0xffff_ffff), pixels(32), IEND), 'size'],
    ['pixels that are too few', of(head(33), pixels(32), IEND), 'pixels'],
    ['pixels that are too many', of(head(32), pixels(33), IEND), 'pixels'],
    ['a bomb of zeros', of(head(32), aChunk('IDAT', packed(Buffer.alloc(40_000_000))), IEND), 'pixels'],
    ['pixels that are not packed', of(head(32), aChunk('IDAT', rowsOf(32)), IEND), 'pixels'],
    ['a stream that was cut short', of(head(32), aChunk('IDAT', packed(rowsOf(32)).subarray(0, -2)), IEND), 'pixels'],
    [
      'a file behind the stream of pixels',
      of(head(32), aChunk('IDAT', Buffer.concat([packed(rowsOf(32)), MARKER])), IEND),
      'pixels',
    ],
    ['a filter that is none', of(head(32), aChunk('IDAT', packed(rowsOf(32).fill(5, 0, 1))), IEND), 'pixels'],
  ])('F-0104 P-1016 refuses %s', (_what, bytes, rule) => {
    expect(refusal(bytes)).toBe(rule);
  });

  it('P-1016 a bomb takes no memory', () => {
    const bomb = of(head(512), aChunk('IDAT', packed(Buffer.alloc(20_000_000))), IEND);
    const before = process.memoryUsage().arrayBuffers;
    expect(refusal(bomb)).toBe('pixels');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8_000_000);
  });

  it('P-1016 any single bit that is turned over in a file is noticed', () => {
    const good = aPicture(32, 'alpha');
    for (let at = 0; at < good.length; at++) {
      const bad = Buffer.from(good);
      bad[at]! ^= 1 << (at % 8);
      expect(refusal(bad)).not.toBe('kept');
    }
  });
});
