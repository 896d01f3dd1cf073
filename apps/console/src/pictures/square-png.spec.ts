import { MEMBER_PICTURE } from '@libs/contracts';
import { describe, expect, it } from 'vitest';
import { sidesFor, squareOf, squarePng } from './square-png.js';

describe('what is cut out of a chosen picture', () => {
  it.each([
    [400, 300, { x: 50, y: 0, side: 300 }],
    [300, 401, { x: 0, y: 50, side: 300 }],
    [64, 64, { x: 0, y: 0, side: 64 }],
  ])('F-0104 of %i x %i the middle', (width, height, square) => {
    expect(squareOf(width, height)).toEqual(square);
  });

  it('F-0104 never bigger than it was, and never of a side that the server refuses', () => {
    expect(sidesFor(4_000)[0]).toBe(MEMBER_PICTURE.side);
    expect(sidesFor(200)).toEqual([192, 160, 128, 96, 64]);
    expect(sidesFor(40)).toEqual([40]);
    for (const side of [...sidesFor(4_000), ...sidesFor(MEMBER_PICTURE.leastSide)]) {
      expect(side).toBeGreaterThanOrEqual(MEMBER_PICTURE.leastSide);
      expect(side).toBeLessThanOrEqual(MEMBER_PICTURE.mostSide);
    }
  });

  it('F-0104 a file that no picture is that big is not even opened', async () => {
    const file = { size: 26 * 1024 * 1024 } as Blob;
    await expect(squarePng(file)).rejects.toMatchObject({ why: 'too-big' });
  });
});
