/** The short code of a person: public, made from the id alone, the same wherever the person is named. */
export function personHandle(subjectId: string): string {
  return subjectId.replaceAll('-', '').slice(-4).toUpperCase();
}
