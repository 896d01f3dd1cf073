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
  linkedAs: (visitor) => `${visitor} (linked)`,
  numbers: { 'id-card': 'ID number', 'bank-card': 'Bank card number' },
  numbersMessage: 'message with card numbers',
  takeOverToReveal: 'Take over to reveal',
  findTalks: 'Find conversations by name, mobile number, e-mail address, WeChat ID or visitor code',
  findTalksHint: 'Name, mobile, e-mail, WeChat ID',
  find: 'Find',
  endSearch: 'Clear search',
  tooShort: 'Type at least two letters or digits, or one Chinese character',
  finding: 'Searching…',
  foundTalks: (count, more) => {
    if (more) return `More than ${count} conversations among all that you see`;
    return count === 1 ? '1 conversation among all that you see' : `${count} conversations among all that you see`;
  },
  moreMeant: (people) => `More than ${people} people match; these are of the newest ${people}. Type more of the name.`,
  noTalkFound: 'No conversation found among those that you see',
  whatFinds: 'A part of a name is enough; mobile numbers, e-mail addresses and WeChat IDs are found as a whole.',
  findAmongTalks: (text) => `Find “${text}” among conversations`,
};

function span(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h`;
  const days = Math.floor(minutes / 1440);
  return days === 1 ? '1 day' : `${days} days`;
}
