/** How a value is shortened for a screen. `none` = there is no useful part: shown whole or not at all. */
export type MaskKind = 'name' | 'mobile' | 'email' | 'handle' | 'address' | 'none';

const STARS = '****';

/**
 * What a member sees before revealing, e.g. `138****1234`, `l***@qq.com`, `林**`. Made on the server, and only here
 * (P-1004). Never longer evidence than its pattern: a value too short for it gives stars alone.
 */
export function mask(kind: MaskKind, value: string): string {
  switch (kind) {
    case 'name':
      return maskName(charactersOf(value));
    case 'mobile':
      return maskMobile(value);
    case 'email':
      return maskEmail(value);
    case 'handle':
      return maskHandle(charactersOf(value));
    case 'address':
      return maskAddress(charactersOf(value));
    case 'none':
      return STARS;
  }
}

function charactersOf(value: string): readonly string[] {
  return [...value.trim().normalize('NFC')];
}

function maskName(characters: readonly string[]): string {
  return characters.length < 2 ? '**' : `${characters[0]}**`;
}

function maskHandle(characters: readonly string[]): string {
  return characters.length < 6 ? STARS : `${characters.slice(0, 2).join('')}***`;
}

function maskAddress(characters: readonly string[]): string {
  return characters.length < 12 ? STARS : `${districtOf(characters.slice(0, 7).join(''))}${STARS}`;
}

/**
 * First three and last four digits of a number of eleven or more; less would leave too little to guess. Of a Chinese
 * mobile number the country is no part: everybody knows these as `138****1234`.
 */
function maskMobile(value: string): string {
  const digits = value.replace(/^\+86(?=1\d{10}$)/, '').replace(/\D/g, '');
  return digits.length < 11 ? STARS : `${digits.slice(0, 3)}${STARS}${digits.slice(-4)}`;
}

const DOMAIN = /^(?=.{3,64}$)([\p{L}\p{N}-]+\.)+\p{L}[\p{L}\p{N}-]*$/u;

/** First character and the domain; a single character would be the whole name, and what is no domain may be anything. */
function maskEmail(value: string): string {
  const at = value.lastIndexOf('@');
  const characters = [...value.slice(0, at).trim()];
  const domain = value.slice(at + 1).trim();
  if (at < 0 || characters.length < 2 || !DOMAIN.test(domain)) return STARS;
  return `${characters[0]}***@${domain}`;
}

const DISTRICT = /^.*(?:省|市|县|旗|州|盟|(?<![小社园厂校])区)/u;

/** Province, city and district; nothing of an address that begins with house and street. */
function districtOf(beginning: string): string {
  return DISTRICT.exec(beginning)?.[0] ?? '';
}
