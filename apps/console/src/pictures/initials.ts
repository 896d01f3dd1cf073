const HAN = /\p{Script=Han}/u;
const LETTER = /[\p{L}\p{N}]/u;

/**
 * What stands for a person without a picture: the last sign of a name in Chinese, by which people there are called, or
 * the first letters of the first and the last word. Empty where a name has neither letter nor figure.
 */
export function initialsOf(name: string): string {
  const words = name
    .normalize('NFC')
    // Whoever was invited has an address for a name, and the domain is nobody's.
    .split('@', 1)
    .join('')
    .split(/[\s·.\-_,，]+/u)
    .filter((word) => LETTER.test(word));
  const [first] = words;
  if (first === undefined) return '';
  if (HAN.test(first)) return [...first].findLast((sign) => HAN.test(sign)) ?? '';
  const ends = words.length > 1 ? [first, words.at(-1)!] : [first];
  return ends.map((word) => [...word].find((sign) => LETTER.test(sign))!.toLocaleUpperCase('en')).join('');
}
