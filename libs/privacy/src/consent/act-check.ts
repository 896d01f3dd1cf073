import {
  type ConsentMethod,
  type ConsentScope,
  checkGrant,
  checkScope,
  isFault,
  parseScope,
  type Register,
} from '@libs/privacy-core';
import { actRefused, consentErrors } from './consent.errors.js';
import type { ConsentAct, ConsentActor, ConsentCircumstances } from './consent-act.js';

const METHODS: Readonly<Record<'person' | 'member', readonly ConsentMethod[]>> = {
  person: ['button', 'switch'],
  member: ['spoken', 'written'],
};

/** The scope of an act, or a refusal. A no is possible for what the register does not ask any more. */
export function checkedScope(register: Register, act: ConsentAct): ConsentScope {
  const scope = checkScope(register, act.scope);
  if (!isFault(scope)) return scope;
  if (act.decision === 'withdraw' && scope === 'consent-scope-unknown' && parseScope(act.scope)) {
    return act.scope as ConsentScope;
  }
  throw actRefused(scope);
}

/** Refuses a yes that is none: not express, to another text, to an older version (P-0101, P-0102, P-0103). */
export function checkYes(register: Register, act: ConsentAct, hashInForce: string | undefined): void {
  if (act.decision !== 'grant') {
    if (act.granted === true) throw actRefused('consent-not-express');
    return;
  }
  const { scope, granted, version, noticeHash } = act;
  const fault = checkGrant(register, { scope, granted, version, noticeHash }, () => hashInForce ?? '');
  if (fault) throw actRefused(fault);
  if (hashInForce === undefined) throw actRefused('notice-unknown');
}

/** Refuses circumstances that do not fit the columns or each other. */
export function checkCircumstances({ locale, screen, channel, method, actor }: ConsentCircumstances): void {
  if (!isCode(locale, 8)) throw consentErrors.invalid('locale');
  if (!isCode(screen, 64)) throw consentErrors.invalid('screen');
  if (!isCode(channel, 32)) throw consentErrors.invalid('channel');
  if (!METHODS[isMember(actor) ? 'member' : 'person'].includes(method)) throw consentErrors.invalid('method');
}

/** A nonce as the table takes it. */
export function checkNonce(nonce: string): void {
  if (!isCode(nonce, 64)) throw consentErrors.invalid('nonce');
}

/** A guardian's yes is the guardian's, everything else the person's; a member writes down either (P-0903). */
export function mayDecide(actor: ConsentActor, scope: ConsentScope): boolean {
  if (isMember(actor)) return true;
  return (parseScope(scope)?.type === 'guardian') === (actor === 'guardian');
}

/** True for a member who was told. */
export function isMember(actor: ConsentActor): boolean {
  return actor.startsWith('member:');
}

function isCode(word: unknown, length: number): boolean {
  return typeof word === 'string' && word.length > 0 && word.length <= length && /^[\x21-\x7e]+$/.test(word);
}
