import { domainToASCII } from 'node:url';
import { UserError } from '@libs/kernel';

/** The part before the @ in ASCII only: a letter of another alphabet that looks like ours is another person's address. */
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
/** Letters, marks, digits: what a domain is made of in any alphabet. */
const WRITTEN_DOMAIN = /^[\p{L}\p{M}\p{N}.-]+$/u;
const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;
const LONGEST = 254;

/**
 * The one form of an address that is invited: lower case, its domain in ASCII (`xn--…`), so that a homograph shows
 * itself. Nothing that could begin a second header or address passes.
 */
export function invitedAddress(typed: string): string {
  const text = typed.trim().toLowerCase();
  const at = text.lastIndexOf('@');
  const [local, written] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)];
  const domain = WRITTEN_DOMAIN.test(written) ? domainToASCII(written) : '';
  const address = `${local}@${domain}`;
  const fits = local.length <= 64 && address.length <= LONGEST;
  if (/\p{Cc}/u.test(typed) || !fits || !LOCAL.test(local) || !DOMAIN.test(domain)) throw addressInvalid();
  return address;
}

function addressInvalid(): UserError {
  return new UserError('account.email-invalid', 'This is no e-mail address that can be invited.', { status: 422 });
}
