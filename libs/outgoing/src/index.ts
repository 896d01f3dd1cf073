export { Destinations, isPublicAddress, type Resolve, type ResolvedAddress } from './http/destination.js';
export {
  CALL_LIMITS,
  type ClientParts,
  GuardedHttpClient,
  type OutgoingAnswer,
  type OutgoingCall,
} from './http/guarded-client.js';
export { JournalDisclosures } from './journal-disclosures.js';
export { safeAddress, safeName, safeSubject } from './mail/mail-header.js';
export { noMail, noSms, type Outgoing, type OutgoingParts, openOutgoing } from './open-outgoing.js';
export type { Disclosures, Mail, MailSender, Occasion, SmsSender } from './ports.js';
