import type { LinkWords } from './vocabulary.js';

export const en: LinkWords = {
  title: 'Linked people',
  hint: 'Your site signed the same name for them, so a refusal of one counts for all of them.',
  between: (one, other) => `${one} and ${other}`,
  reasons: { 'signed-identity': 'Signed by your site' },
  unlink: 'Take apart',
  unlinkOf: (person) => `Take apart: ${person}`,
  unlinkEffect:
    'Both are treated as different people again, everywhere within 5 seconds. Nothing is deleted, and what was recorded for both stays with both. A refusal of one no longer counts for the other. The same statement of your site does not link them again, and this cannot be undone here.',
  why: 'Why they are not one person',
  unlinkReasons: {
    'shared-device': 'Two people used one device or account',
    'wrong-statement': 'The site signed the wrong name',
    'person-asked': 'The person asked for it',
    other: 'Another reason',
  },
};
