/** How a value is shortened for a screen. `none` = there is no useful part: shown whole or not at all. */
export type MaskKind = 'name' | 'mobile' | 'email' | 'handle' | 'address' | 'none';

const STARS = '****';

/**
 * What a member sees before revealing, e.g. `138****1234`, `l***@qq.com`, `林**`. Made on the server, and only here
 * (P-1004). Never longer evidence than its pattern: a value too short for it gives stars alone.
 */
export function mask(kind: MaskKind, value: string): string {
  const characters = [...value.normalize('NFC')];
  switch (kind) {
    case 'name':
      return characters.length < 2 ? '**' : `${characters[0]}**`;
    case 'mobile':
      return maskMobile(value);
    case 'email':
      return maskEmail(value);
    case 'handle':
      return characters.length < 6 ? STARS : `${characters.slice(0, 2).join('')}${STARS}`;
    case 'address':
      return characters.length < 12 ? STARS : `${characters.slice(0, 6).join('')}${STARS}`;
    case 'none':
      return STARS;
  }
}

/** First three and last four digits of a number of eleven or more; less would leave too little to guess. */
function maskMobile(value: string): string {
  const digits = value.replace(/\D/g, '');
  return digits.length < 11 ? STARS : `${digits.slice(0, 3)}${STARS}${digits.slice(-4)}`;
}

/** First character and the domain. */
function maskEmail(value: string): string {
  const at = value.lastIndexOf('@');
  if (at < 1) return STARS;
  const [first] = [...value.slice(0, at)];
  return `${first}***@${value.slice(at + 1)}`;
}
