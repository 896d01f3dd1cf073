import { type LastChange, OvertakenError, UserError } from '@libs/kernel';

/** Refusals of routing; closed list. */
export const routingErrors = {
  /** Only the engine meets it: nobody of those named is online and has room. */
  nobody: () => new UserError('chat.routing-nobody', 'Nobody who is online has room', { status: 409 }),
  /** Only the engine meets it: the member is back, or chose to go. */
  notLost: () => new UserError('chat.routing-not-lost', 'The member is not away by a lost line', { status: 409 }),
  changed: (last: LastChange, version: number) =>
    new OvertakenError('chat.routing-changed', 'Somebody else changed this meanwhile', last, { version }),
  teamNotFound: () => new UserError('chat.team-not-found', 'There is no such team', { status: 404 }),
} as const;
