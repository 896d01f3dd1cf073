import { type FieldCode, textHash } from '@libs/privacy-core';

/** Hash over what a bulk reveal would show: whose, and which fields. The order in which they are named is no content. */
export function revealHash(fields: readonly FieldCode[], subjectIds: readonly string[]): string {
  return textHash(JSON.stringify(['bulk-reveal', [...fields].sort(), [...subjectIds].sort()]));
}
