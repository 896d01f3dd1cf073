import { OperationalError, UserError } from '@libs/kernel';

/** No adapter for this kind of message is set. */
export function channelMissing(): OperationalError {
  return new OperationalError('outgoing.not-available', 'Messages of this kind cannot be sent here.');
}

/** The destination may not be called: not http(s), carries a login, or lies inside. */
export function destinationRefused(reason: string): OperationalError {
  return new OperationalError('outgoing.destination-refused', 'This destination may not be called.', {
    details: { reason },
  });
}

/** The other side did not answer, not in time, too much, or not what was agreed. */
export function callFailed(reason: string, cause?: unknown): OperationalError {
  return new OperationalError('outgoing.call-failed', 'Another service could not be reached.', {
    details: { reason },
    cause,
  });
}

/** An address or header that could say more than it shows. */
export function headerRefused(part: 'address' | 'name' | 'subject'): UserError {
  return new UserError('outgoing.mail-header-refused', 'This cannot stand in the header of a letter.', {
    status: 422,
    details: { part },
  });
}
