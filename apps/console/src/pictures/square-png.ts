import { MEMBER_PICTURE } from '@libs/contracts';

/** Why nothing could be made of a chosen file. */
export class UnusablePictureError extends Error {
  constructor(readonly why: 'unreadable' | 'too-small' | 'too-big') {
    super(why);
  }
}

/** Sides that are tried until the picture fits: in detailed ones the smaller still shows a face. */
const SIDES = [MEMBER_PICTURE.side, 224, 192, 160, 128, 96, 64] as const;
/** Nobody has a picture of themselves that is bigger; a browser would stand still over it. */
const MOST_FILE_BYTES = 25 * 1024 * 1024;

/** The sides of the square that is kept, biggest first: none is bigger than what was cut out. */
export function sidesFor(cut: number): readonly number[] {
  const fitting = SIDES.filter((side) => side <= cut);
  return fitting.length > 0 ? fitting : [cut];
}

/** The biggest square in the middle. */
export function squareOf(
  width: number,
  height: number,
): { readonly x: number; readonly y: number; readonly side: number } {
  const side = Math.min(width, height);
  return { x: Math.floor((width - side) / 2), y: Math.floor((height - side) / 2), side };
}

/**
 * The middle of a chosen picture as a small square PNG, made of its pixels alone: where and with what it was taken stays
 * on this device.
 */
export async function squarePng(file: Blob): Promise<Blob> {
  if (file.size > MOST_FILE_BYTES) throw new UnusablePictureError('too-big');
  const picture = await createImageBitmap(file).catch(() => {
    throw new UnusablePictureError('unreadable');
  });
  try {
    const cut = squareOf(picture.width, picture.height);
    if (cut.side < MEMBER_PICTURE.leastSide) throw new UnusablePictureError('too-small');
    for (const side of sidesFor(cut.side)) {
      const made = await drawn(picture, cut, side);
      if (made.size <= MEMBER_PICTURE.mostBytes) return made;
    }
    throw new UnusablePictureError('too-big');
  } finally {
    picture.close();
  }
}

async function drawn(picture: ImageBitmap, { x, y, side }: ReturnType<typeof squareOf>, to: number): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = to;
  canvas.height = to;
  const context = canvas.getContext('2d');
  if (!context) throw new UnusablePictureError('unreadable');
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, x, y, side, side, 0, 0, to, to);
  const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, MEMBER_PICTURE.type));
  if (!made) throw new UnusablePictureError('unreadable');
  return made;
}

/** The picture as an address that a page may show; the policy of the console lets no other kind through. */
export function addressOf(picture: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new UnusablePictureError('unreadable'));
    reader.readAsDataURL(picture);
  });
}
