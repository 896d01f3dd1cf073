import { headerRefused } from '../outgoing.errors.js';

/** Control characters, line ends of every alphabet, and marks that turn the direction of writing. */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;
/** One plain address: no list, no route, no display name, no comment. */
const ADDRESS = /^[^\s@<>()[\]",;:\\]{1,64}@[^\s@<>()[\]",;:\\]{1,253}$/u;

/** The address as it may stand in a header; throws `outgoing.mail-header-refused` for anything else. */
export function safeAddress(address: string): string {
  if (UNSAFE.test(address) || !ADDRESS.test(address)) throw headerRefused('address');
  return address;
}

/** A display name as it may stand in a header. */
export function safeName(name: string): string {
  if (UNSAFE.test(name) || name.length > 200) throw headerRefused('name');
  return name;
}

/** A subject as it may stand in a header: one line. */
export function safeSubject(subject: string): string {
  if (UNSAFE.test(subject) || subject.length > 200) throw headerRefused('subject');
  return subject;
}
