import type { AroundWords } from './zh-cn.js';

export const en: AroundWords = {
  palette: 'Go anywhere',
  paletteHint: 'Type an action, a page, a conversation, or a whole mobile number or email',
  paletteOpen: 'Open the palette',
  search: 'Search',
  groupActs: 'Actions',
  groupRecent: 'Recent',
  groupPlaces: 'Pages',
  groupConversations: 'Conversations',
  groupContacts: 'Contacts',
  clearRecent: 'Clear history',
  nothingFound: 'Nothing matches',
  searching: 'Searching…',
  searchFailed: 'Contacts could not be searched: the network or our service failed. Try again in a moment',
  runs: 'Run',
  newTab: 'Open in a new tab',
  results: (count) => (count === 1 ? '1 result' : `${count} results`),
};
