/** A text that must lie nowhere, in one of the forms in which it could lie somewhere. */
export interface Needle {
  readonly form: string;
  readonly bytes: Buffer;
}

const STARTS = [0, 1, 2] as const;

/** All forms of an ASCII text that the scan looks for. */
export function needlesOf(text: string): Needle[] {
  const utf8 = Buffer.from(text, 'utf8');
  const wide = Buffer.from(text, 'utf16le');
  const codes = [...utf8];
  const found: Needle[] = [
    { form: 'utf-8', bytes: utf8 },
    { form: 'upper case', bytes: Buffer.from(text.toUpperCase()) },
    { form: 'utf-16le', bytes: wide },
    { form: 'hex', bytes: Buffer.from(utf8.toString('hex')) },
    { form: 'hex, upper case', bytes: Buffer.from(utf8.toString('hex').toUpperCase()) },
    { form: 'url', bytes: Buffer.from(codes.map((code) => `%${hex(code, 2)}`).join('')) },
    { form: 'url, upper case', bytes: Buffer.from(codes.map((code) => `%${hex(code, 2).toUpperCase()}`).join('')) },
    { form: 'json', bytes: Buffer.from(codes.map((code) => `\\u${hex(code, 4)}`).join('')) },
    { form: 'json, upper case', bytes: Buffer.from(codes.map((code) => `\\u${hex(code, 4).toUpperCase()}`).join('')) },
  ];
  for (const start of STARTS) {
    found.push({ form: `base64, ${start}`, bytes: Buffer.from(base64From(utf8, start)) });
    found.push({ form: `base64 of utf-16le, ${start}`, bytes: Buffer.from(base64From(wide, start)) });
    const url = base64From(utf8, start).replaceAll('+', '-').replaceAll('/', '_');
    found.push({ form: `base64url, ${start}`, bytes: Buffer.from(url) });
  }
  return distinct(found);
}

/** The characters of a base64 text that depend on `bytes` alone when `start` other bytes stand before it. */
function base64From(bytes: Buffer, start: number): string {
  const encoded = Buffer.concat([Buffer.alloc(start), bytes]).toString('base64');
  const from = Math.ceil((start * 8) / 6);
  const to = Math.floor(((start + bytes.length) * 8) / 6);
  return encoded.slice(from, to);
}

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, '0');
}

function distinct(needles: readonly Needle[]): Needle[] {
  const seen = new Set<string>();
  return needles.filter(({ bytes }) => {
    const key = bytes.toString('latin1');
    return !seen.has(key) && seen.add(key);
  });
}
