import type { WorkWords } from './vocabulary.js';

export const en: WorkWords = {
  transfer: 'Transfer',
  transferTitle: 'Transfer the conversation',
  transferTo: 'To',
  toQueue: 'Back to the queue',
  findColleague: 'Find a colleague',
  noColleague: 'No colleague matches',
  noteForColleague: 'Note for your colleague (optional)',
  noteSeenByTeam: 'Only the team sees it, the visitor does not.',
  cancel: 'Cancel',
  chooseSomebody: 'Choose who gets it.',
  backInQueue: 'This conversation went back to the queue a moment ago. You can take it.',
  handedTo: (by, to) => `${by} transferred the conversation to ${to}`,
  tookBack: (by, from) => `${by} put ${from}’s conversation back in the queue`,
  putBack: (by) => `${by} put the conversation back in the queue`,
};
