import type { PlaceWords } from './zh-cn.js';

export const en: PlaceWords = {
  waited: (minutes) => `Waiting ${span(minutes)}`,
  waitsSince: (time) => `Waiting for a reply since ${time}`,
  didTake: 'Taken',
  didAssign: (name) => `Given to ${name}`,
  foldNav: 'Fold or unfold the navigation',
  foldPanel: 'Fold or unfold the details',
  nextRegion: 'Next region',
  backToList: 'Back to the list',
  firstRow: 'First conversation',
  lastRow: 'Last conversation',
  lostRace: (name) => `${name} took this conversation a moment ago. Choose another one.`,
  newMessages: (count) => (count === 1 ? '1 new message' : `${count} new messages`),
  moreActs: 'More actions',
  talksOfPerson: 'Conversations',
  otherTalks: 'Other conversations of this person',
  noTalks: (beside) => (beside ? 'No other conversations' : 'You can see no conversation of this person'),
  numbers: { 'id-card': 'ID number', 'bank-card': 'Bank card number' },
  numbersMessage: 'message with card numbers',
  takeOverToReveal: 'Take over to reveal',
};

function span(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h`;
  const days = Math.floor(minutes / 1440);
  return days === 1 ? '1 day' : `${days} days`;
}
