import type { RoutingWords } from './zh-cn.js';

export const en: RoutingWords = {
  hoursIntro: 'Outside business hours visitors read when you are back.',
  hours: 'Business hours',
  hoursOfWorkspace: 'Those of the workspace',
  noHours: 'There are no business hours yet: open around the clock.',
  setUpHours: 'Set up business hours',
  outside: 'Conversations outside these hours',
  outsides: { hold: 'Stay in the queue until the hours begin', give: 'Go to whoever is online' },
  routingIntro:
    'Only members who are online and have room are given conversations; taking and transferring is always possible.',
  mode: 'How conversations are given',
  modes: { manual: 'Members pick', 'round-robin': 'By turns', 'least-busy': 'To the least busy' },
  modeHints: {
    manual: 'Conversations wait under “Unassigned” until somebody takes them',
    'round-robin': 'One after the other; who is full or away is left out',
    'least-busy': 'To whoever has the fewest open conversations; by turns among equals',
  },
  team: 'Team',
  everybody: 'Everybody who answers',
  overflow: 'Overflow team',
  noOverflow: 'None',
  after: 'Seconds of waiting until the overflow team is asked too',
  showPlace: 'Tell visitors their place in the queue',
  showPlaceHint: 'Only where conversations are given automatically; the order of the queue, no promise of time',
  defaults: 'Limits of automatic assignment',
  capacity: 'Open conversations per member, at most',
  returnAfter: 'Seconds until unanswered conversations return to the queue after a member lost the connection',
  save: 'Save changes',
  discard: 'Discard',
  saved: 'Saved',
  unsaved: 'There are unsaved changes',
  gone: ' (set aside)',
  errors: {
    'chat.routing-changed':
      'Somebody changed these settings a moment ago, and they were loaded again. Look at them, then change them.',
    'chat.team-not-found': 'The team was set aside. Choose another one.',
    'chat.hours-not-found': 'The business hours were deleted. Choose others.',
    'http.invalid-input': 'Waiting is between 10 and 3600 seconds.',
  },
};
