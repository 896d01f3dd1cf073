import type { ConsentBook } from '@libs/privacy';
import { DEFAULT_REGISTER, type Decided, type PersonConsents, stateOf } from '@libs/privacy-core';
import { expect, it } from 'vitest';
import { ConversationConsent } from './conversation-consent.js';

const asked = (...own: Decided[]) => {
  const person: PersonConsents = { own: stateOf(own), linked: [], guarded: false };
  const settled = async () => ({ register: DEFAULT_REGISTER, person: () => person });
  return new ConversationConsent({ settled } as unknown as ConsentBook).isWithdrawn('tenant', 'subject');
};

it('C-35 only a no to a basic consent ends the conversation', async () => {
  const said = { version: 1, at: 1 } as const;
  expect(await asked()).toBe(false);
  expect(await asked({ ...said, scope: 'purpose/customer-relations', decision: 'withdraw' })).toBe(false);
  expect(await asked({ ...said, scope: 'purpose/support-conversation', decision: 'grant' })).toBe(false);
  expect(await asked({ ...said, scope: 'purpose/support-conversation', decision: 'withdraw' })).toBe(true);
});
