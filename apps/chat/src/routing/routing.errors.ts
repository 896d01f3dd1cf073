import { UserError } from '@libs/kernel';

/** Refusals of routing; closed list. */
export const routingErrors = {
  /** Only the engine meets it: nobody of those named is online and has room. */
  nobody: () => new UserError('chat.routing-nobody', 'Nobody who is online has room', { status: 409 }),
  /** Only the engine meets it: the member is back, or chose to go. */
  notLost: () => new UserError('chat.routing-not-lost', 'The member is not away by a lost line', { status: 409 }),
  changed: (version: number) =>
    new UserError('chat.routing-changed', 'Somebody else changed this meanwhile', {
      status: 409,
      details: { version },
    }),
  teamNotFound: () => new UserError('chat.team-not-found', 'There is no such team', { status: 404 }),
} as const;
