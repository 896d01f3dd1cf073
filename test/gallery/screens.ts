import type { Screen } from './catalogue.js';
import { READY } from './catalogue.js';
import { DESK_SCREENS } from './catalogue-desk.js';
import { DOOR_SCREENS } from './catalogue-doors.js';
import { SETTINGS_SCREENS } from './catalogue-settings.js';
import { CONTACT_SCREENS, TALK_SCREENS } from './catalogue-talk.js';

const NOTHING = 'a page of two lines';

/** Where there is nothing, or somebody else's. */
const NOWHERE: Screen = {
  route: '*',
  screen: 'not-found',
  role: 'agent',
  at: '/nowhere',
  without: { loading: NOTHING, error: NOTHING, empty: NOTHING, 'no-permission': NOTHING },
  states: [
    READY,
    { name: 'foreign', shows: 'ready', at: '/w/other/contacts' },
    { name: 'view', shows: 'ready', at: '/w/demo/conversations/no-such-view' },
  ],
};

/** Every screen of the console with every state that it has. */
export const SCREENS: readonly Screen[] = [
  ...DOOR_SCREENS,
  ...TALK_SCREENS,
  ...CONTACT_SCREENS,
  ...DESK_SCREENS,
  ...SETTINGS_SCREENS,
  NOWHERE,
];

/** Routes that show nothing: they only lead elsewhere. */
export const LEADING_ON = ['/', '/w/$slug', '/w/$slug/', '/w/$slug/privacy'] as const;
