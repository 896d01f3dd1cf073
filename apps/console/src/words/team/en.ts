import type { TeamWords } from './vocabulary.js';

export const en: TeamWords = {
  transfer: 'Transfer',
  transferTitle: 'Transfer the conversation',
  transferTo: 'To',
  toQueue: 'Back to the queue',
  findColleague: 'Find a colleague',
  noColleague: 'No colleague matches',
  noteForColleague: 'Note for your colleague (optional)',
  noteSeenByTeam: 'Only the team sees it, the visitor does not.',
  chooseSomebody: 'Choose who gets it.',
  backInQueue: 'This conversation went back to the queue a moment ago. You can take it.',
  draftConflict: 'You wrote a different draft on another page. Choose; both are still here.',
  keepMine: 'Use this one',
  useTheirs: 'Use the other',
  keepBoth: 'Keep both',
  look: 'Look',
  sendAnyway: 'Send anyway',
  listed: ', ',
  alsoLooking: (names, count) => {
    if (count > 2) return `${names} and ${count - 2} more are also looking`;
    return count === 2 ? `${names} are also looking` : `${names} is also looking`;
  },
  replying: (name) => `${name} is writing a reply…`,
  colleagueReplied: (name) => `${name} replied a moment ago; this has not gone out.`,
  handedTo: (by, to) => `${by} transferred the conversation to ${to}`,
  routedTo: (to) => `Given to ${to} automatically`,
  routedBack: (from) => `${from} lost the connection; the conversation is back in the queue`,
  tookBack: (by, from) => `${by} put ${from}’s conversation back in the queue`,
  putBack: (by) => `${by} put the conversation back in the queue`,
};
