import { domainToASCII } from 'node:url';

/** Letters, marks, digits: what a domain is made of in any alphabet. */
const WRITTEN_DOMAIN = /^[\p{L}\p{M}\p{N}.-]+$/u;

/** An e-mail as it is kept and compared: one form whatever was typed, its domain in ASCII (`xn--…`). */
export function normaliseIdentifier(text: string): string {
  const typed = text.normalize('NFKC').trim().toLowerCase();
  const at = typed.lastIndexOf('@') + 1;
  const domain = typed.slice(at);
  // One in ASCII already stays as it is: the conversion would read numbers as addresses of machines.
  if (at === 0 || !/\P{ASCII}/u.test(domain) || !WRITTEN_DOMAIN.test(domain)) return typed;
  return typed.slice(0, at) + (domainToASCII(domain) || domain);
}

/** True for something that can be an e-mail; whether it is one, only a letter to it can tell. */
export function isEmail(text: string): boolean {
  return text.length <= 254 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
}
