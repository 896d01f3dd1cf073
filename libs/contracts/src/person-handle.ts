/**
 * The short code of a person, e.g. `4F2A`: public, made from the subject's id alone, and the same wherever the person is
 * named, so that whoever reads a conversation, a contact and a consent side by side sees that they are of one person.
 */
export function personHandle(subjectId: string): string {
  return subjectId.replaceAll('-', '').slice(-4).toUpperCase();
}
