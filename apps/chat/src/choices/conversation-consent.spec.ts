import type { ConsentBook, RegisterBook } from '@libs/privacy';
import { DEFAULT_REGISTER, NO_DECISIONS, type PersonConsents } from '@libs/privacy-core';
import { expect, it } from 'vitest';
import { ConversationConsent } from './conversation-consent.js';

const asked = (person: PersonConsents | undefined) => {
  const registers = { load: async () => ({ register: DEFAULT_REGISTER }) } as unknown as RegisterBook;
  const book = { load: async () => undefined, personNow: () => person } as unknown as ConsentBook;
  return new ConversationConsent(registers, book).isWithdrawn('tenant', 'subject');
};

it('C-35 whose decisions were dropped from memory meanwhile is not taken for one who agrees', async () => {
  await expect(asked(undefined)).rejects.toMatchObject({ code: 'privacy.consents-unstable' });
  expect(await asked({ own: NO_DECISIONS, linked: [], guarded: false })).toBe(false);
});
