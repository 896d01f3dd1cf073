import { type Register, textHash } from '@libs/privacy-core';

/** SHA-256 over the content of a register; consent versions are left out, because the book gives them. */
export function registerHash(register: Register): string {
  const activities = register.activities.map(({ consentVersion: _given, ...activity }) => activity);
  return textHash(JSON.stringify(sorted({ ...register, activities })));
}

/** The same value with its keys in order, so that equal contents have one text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, entry]) => [key, sorted(entry)]));
}
