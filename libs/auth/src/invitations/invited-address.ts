import { domainToASCII } from 'node:url';
import { UserError } from '@libs/kernel';
import { normaliseIdentifier } from '../logins/login-identifier.js';

/** The part before the @ in ASCII only: a letter of another alphabet that looks like ours is another person's address. */
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;
const LONGEST = 254;

/**
 * An address that is invited, in the form that logins are kept in: its domain in ASCII (`xn--…`), so that a homograph
 * shows itself. Nothing that could begin a second header or address passes.
 */
export function invitedAddress(typed: string): string {
  const address = normaliseIdentifier(typed);
  const at = address.lastIndexOf('@');
  const [local, domain] = [address.slice(0, Math.max(0, at)), address.slice(at + 1)];
  const fits = local.length <= 64 && address.length <= LONGEST;
  const isDomain = DOMAIN.test(domain) && domainToASCII(domain) === domain;
  if (/\p{Cc}/u.test(typed) || !fits || !LOCAL.test(local) || !isDomain) throw addressInvalid();
  return address;
}

function addressInvalid(): UserError {
  return new UserError('account.email-invalid', 'This is no e-mail address that can be invited.', { status: 422 });
}
