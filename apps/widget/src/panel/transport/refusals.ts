/**
 * What a refusal code asks of the client:
 * - `message`: this text will never be accepted; show why, go on with the next;
 * - `again`: try the same packet later;
 * - `resync`: our idea of the numbers is wrong; read the stream, then go on;
 * - `consent`: ask for consent first;
 * - `pass`: get a new embed pass first;
 * - `over`: this conversation cannot go on with what we hold.
 */
export type Remedy = 'message' | 'again' | 'resync' | 'consent' | 'pass' | 'over';

const REMEDIES: Readonly<Record<string, Remedy>> = {
  'chat.message-too-long': 'message',
  'chat.message-empty': 'message',
  'chat.packet-invalid': 'message',
  'chat.packet-too-large': 'message',
  'privacy.function-off': 'message',
  'chat.sender-reused': 'resync',
  'chat.sender-gap': 'resync',
  'chat.sender-expired': 'resync',
  'chat.pass-expired': 'pass',
  'chat.pass-invalid': 'pass',
  'privacy.consent-required': 'consent',
  'privacy.policy-superseded': 'consent',
  'privacy.consent-withdrawn': 'consent',
  'privacy.slip-expired': 'consent',
  'privacy.slip-invalid': 'consent',
  'chat.token-revoked': 'over',
  'chat.token-invalid': 'over',
  'chat.blocked': 'over',
  'chat.origin-refused': 'over',
  'chat.inbox-not-found': 'over',
  'chat.inbox-closed': 'over',
  'privacy.subject-erased': 'over',
  'privacy.subject-closed': 'over',
};

/** An unknown code is taken for a passing trouble: tried again, and after the last try shown as not sent. */
export function remedyFor(code: string): Remedy {
  return REMEDIES[code] ?? 'again';
}

/** Codes after which the visitor's token opens nothing any more. */
export function opensNothing(code: string): boolean {
  return code.startsWith('chat.token') || code.startsWith('privacy.subject');
}
