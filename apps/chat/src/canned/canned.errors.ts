import { type LastChange, OvertakenError, UserError } from '@libs/kernel';

/** Canned responses of one workspace, and of one member. */
export const MOST_CANNED = { workspace: 500, me: 200 } as const;
export const MOST_TITLE = 80;

const invalid = (code: string, title: string) => () => new UserError(code, title, { status: 422 });

/** Refusals about canned responses; closed list. */
export const cannedErrors = {
  notFound: () => new UserError('chat.canned-not-found', 'There is no such canned response', { status: 404 }),
  changed: (last: LastChange, version: number) =>
    new OvertakenError('chat.canned-changed', 'Somebody changed it meanwhile', last, { version }),
  taken: () => new UserError('chat.canned-shortcut-taken', 'This shortcut is in use', { status: 409 }),
  tooMany: (limit: number) =>
    new UserError('chat.too-many-canned', 'There are as many as there can be', { status: 409, details: { limit } }),
  notYours: () =>
    new UserError('chat.canned-not-yours', 'Only owner, admin and supervisor write for everybody', { status: 403 }),
  shortcut: invalid('chat.canned-shortcut-invalid', 'A shortcut has letters, digits, - and _ only, 32 at most'),
  title: invalid('chat.canned-title-invalid', 'A title has 1 to 80 characters on one line'),
  empty: invalid('chat.canned-text-empty', 'The text is empty'),
  tooLong: (length: number, limit: number) =>
    new UserError('chat.canned-text-too-long', 'The text is too long', { status: 422, details: { length, limit } }),
  unknownVariables: (names: readonly string[]) =>
    new UserError('chat.variable-unknown', 'The text has variables that do not exist', {
      status: 422,
      details: { variables: names.slice(0, 10).join(',') },
    }),
} as const;
