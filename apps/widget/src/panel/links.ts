/** A part of a text; with `href` it can be pressed. */
export interface TextPart {
  /** Where in the text it begins. */
  readonly at: number;
  readonly text: string;
  readonly link?: SafeLink;
}

/** An address that may be opened: http, https, mailto or tel and nothing else. */
export interface SafeLink {
  readonly href: string;
  /** Host as computers read it, punycode included; empty for mail and telephone. */
  readonly host: string;
  /** The host as it was written, where that differs: letters that may look like others. */
  readonly written?: string;
}

const STOPS = '\\s\\p{C}<>"\'`“”‘’«»（）《》〈〉【】「」『』，。！？；：、…';
const CANDIDATE = new RegExp(
  `(?<![a-z0-9@])(?:(?:https?://|www\\.)[^${STOPS}/?#\\\\]+(?:[/?#][\\x21\\x23-\\x26\\x28-\\x3b\\x3d\\x3f-\\x5b\\x5d-\\x5f\\x61-\\x7e]*)?|mailto:[^${STOPS}?]+@[a-z0-9.-]+|tel:\\+?[0-9][0-9().-]{2,24})`,
  'giu',
);
/** Chinese goes on right after an address: `https://a.example谢谢`. */
const RUN_ON = /^((?:https?:\/\/)?[^/?#]*\.[a-z]{2,})\p{Script=Han}[^.]*$/iu;
const PUNCTUATION = /[.,;:!?*_~|'-]+$/;

/** No browser needs more, and what looks for the end of an address takes its time with long ones. */
const LONGEST = 2048;

/** Splits a text into what is plain and what leads somewhere. Whatever is doubtful stays plain. */
export function textParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    if (match[0].length > LONGEST) continue;
    const written = trimmed(match[0]);
    const link = safeLink(written);
    if (!link) continue;
    if (match.index > end) parts.push({ at: end, text: text.slice(end, match.index) });
    parts.push({ at: match.index, text: written, link });
    end = match.index + written.length;
  }
  if (end < text.length) parts.push({ at: end, text: text.slice(end) });
  return parts;
}

function safeLink(written: string): SafeLink | undefined {
  const address = /^www\./i.test(written) ? `https://${written}` : written;
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.protocol === 'mailto:' || url.protocol === 'tel:') return { href: url.href, host: '' };
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  // `https://bank.example@evil.example` reads like the one and leads to the other.
  if (url.username || url.password || !url.hostname.includes('.')) return undefined;
  const shown = address.replace(/^https?:\/\//i, '').split(/[/?#:]/, 1)[0] ?? '';
  const differs = url.hostname.split('.').some((label) => label.startsWith('xn--'));
  return { href: url.href, host: url.host, ...(differs ? { written: shown } : {}) };
}

/** Without what belongs to the sentence: a full stop, a closing bracket that was not opened inside, words run on. */
function trimmed(candidate: string): string {
  let text = RUN_ON.exec(candidate)?.[1] ?? candidate;
  for (;;) {
    const shorter = text.replace(PUNCTUATION, '');
    const last = shorter.at(-1);
    const opened = last === ')' ? '(' : last === ']' ? '[' : undefined;
    const next = opened && count(shorter, opened) < count(shorter, last as string) ? shorter.slice(0, -1) : shorter;
    if (next === text) return text;
    text = next;
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
