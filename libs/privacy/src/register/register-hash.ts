import { type Loosening, type Register, textHash } from '@libs/privacy-core';

/** SHA-256 over the content of a register; consent versions are left out, because the book gives them. */
export function registerHash(register: Register): string {
  const activities = register.activities.map(({ consentVersion: _given, ...activity }) => activity);
  return textHash(JSON.stringify(sorted({ ...register, activities })));
}

/**
 * What a second person agrees to: this register, and exactly these ways in which it shows more than the one in force. A
 * register that was tightened meanwhile would be loosened by more than they saw, and needs another approval.
 */
export function looseningHash(register: Register, changes: readonly Loosening[]): string {
  return textHash(JSON.stringify(sorted([registerHash(register), changes])));
}

/** The same value with its keys in order, so that equal contents have one text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, entry]) => [key, sorted(entry)]));
}
