/** RFC 6238, appendix B, the rows of SHA-1: seed in ASCII, time in seconds since the epoch, eight digits. */
export const RFC6238 = {
  source: 'https://www.rfc-editor.org/rfc/rfc6238#appendix-B',
  seed: '12345678901234567890',
  digits: 8,
  rows: [
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ],
} as const;

/** RFC 4648, section 10, without padding: text and its base32. */
export const RFC4648 = {
  source: 'https://www.rfc-editor.org/rfc/rfc4648#section-10',
  rows: [
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ],
} as const;
