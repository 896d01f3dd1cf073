import { domainToUnicode } from 'node:url';
import type { InboxOrigin } from '@libs/contracts';

/** Most origins of one inbox. */
export const MOST_ORIGINS = 50;

/** Why a text is no origin that may embed the widget; the names are for screens. */
export type OriginRule =
  | 'originForm'
  | 'originWildcard'
  | 'originPath'
  | 'originInsecure'
  | 'originMixedScript'
  | 'originLookAlike';

const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])$/;
const FORM = /^(https?):\/\/([^/?#@\\\s]+)(.*)$/i;

/** The origin as browsers send it, or the rule that `typed` breaks. */
export function checkedOrigin(typed: string): { readonly origin: string } | { readonly rule: OriginRule } {
  const text = typed.trim().normalize('NFC');
  if (text.includes('*')) return { rule: 'originWildcard' };
  const [, scheme, , rest] = FORM.exec(text) ?? [];
  if (rest === undefined || /^[@\\\s]/.test(rest) || text.length > 300 || !URL.canParse(text))
    return { rule: 'originForm' };
  if (rest !== '' && rest !== '/') return { rule: 'originPath' };
  const { origin, hostname } = new URL(text);
  if (origin.length > 255 || hostname.endsWith('.')) return { rule: 'originForm' };
  if (scheme!.toLowerCase() === 'http' && !LOCAL.test(hostname)) return { rule: 'originInsecure' };
  const rule = deceiving(domainToUnicode(hostname));
  return rule ? { rule } : { origin };
}

/** The origin as people read it: punycode turned back into letters. */
export function shownOrigin(origin: string): InboxOrigin {
  const { protocol, hostname, port } = new URL(origin);
  const name = domainToUnicode(hostname);
  return { origin, shown: `${protocol}//${name === '' ? hostname : name}${port === '' ? '' : `:${port}`}` };
}

const LATIN = /\p{Script=Latin}/u;
/** Written beside Latin in East Asia every day, and looking like none of it. */
const WITH_LATIN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u;
/** Letters of Cyrillic and Greek that look like Latin ones. */
const LOOK_ALIKES = /^[аесһіјӏорԛѕԝхузкмтвнгпьіιοκνρυχαγ\d-]+$/u;

/** Every script that a host label is written in; digits and hyphens belong to all. */
function deceiving(host: string): OriginRule | undefined {
  for (const label of host.toLowerCase().split('.')) {
    const letters = [...label].filter((letter) => /\p{L}/u.test(letter));
    const latin = letters.some((letter) => LATIN.test(letter));
    const others = letters.filter((letter) => !LATIN.test(letter) && !WITH_LATIN.test(letter));
    if (others.length === 0) continue;
    if (latin || letters.some((letter) => WITH_LATIN.test(letter)) || scriptsOf(others) > 1) return 'originMixedScript';
    if (LOOK_ALIKES.test(label)) return 'originLookAlike';
  }
  return undefined;
}

const SCRIPTS = ['Cyrillic', 'Greek', 'Arabic', 'Hebrew', 'Thai', 'Devanagari', 'Armenian', 'Georgian'].map(
  (name) => new RegExp(`\\p{Script=${name}}`, 'u'),
);

function scriptsOf(letters: readonly string[]): number {
  const places = letters.map((letter) => SCRIPTS.findIndex((script) => script.test(letter)));
  return new Set(places).size;
}
