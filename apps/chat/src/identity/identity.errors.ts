import { UserError } from '@libs/kernel';

const refused = (code: string, title: string) => () => new UserError(code, title, { status: 401 });

/** Refusals of what an embedding site says of a visitor; closed list. */
export const identityErrors = {
  off: () => new UserError('chat.identity-off', 'This inbox takes no signed visitors', { status: 409 }),
  required: () => new UserError('chat.identity-required', 'The site must say who its visitor is', { status: 403 }),
  malformed: refused('chat.statement-malformed', 'The statement has a wrong form'),
  algorithm: refused('chat.statement-algorithm', 'The statement is not signed with HS256'),
  signature: refused('chat.statement-signature', 'No valid secret of this inbox has signed the statement'),
  inbox: refused('chat.statement-inbox', 'The statement is for another inbox'),
  expired: refused('chat.statement-expired', 'The statement has expired'),
  tooLong: refused('chat.statement-too-long', 'The statement is valid for more than ten minutes'),
  replayed: refused('chat.statement-replayed', 'The statement was used before'),
  /** Somebody else wrote from this browser before; the site starts a new conversation. */
  other: () => new UserError('chat.identity-other', 'This conversation is another person’s', { status: 409 }),
  secretNotFound: () => new UserError('chat.secret-not-found', 'There is no such secret', { status: 404 }),
} as const;
