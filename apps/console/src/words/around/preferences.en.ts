import type { PreferenceWords } from './preferences.zh-cn.js';

export const preferencesEn: PreferenceWords = {
  title: 'Preferences',
  hint: 'Changes take effect at once, on every device that you sign in on.',
  look: 'Display',
  typing: 'Typing and shortcuts',
  sendKey: 'Send with',
  sendKeyEnter: 'Enter sends, Shift+Enter starts a new line. Choosing a word in an input method never sends.',
  sendKeyMod: 'Enter starts a new line; hold Ctrl or ⌘ and press Enter to send.',
  singleKeys: 'Single-key shortcuts',
  singleKeysHint: 'Such as E to resolve. When off, shortcuts with Ctrl or ⌘ still work.',
  notifications: 'Notifications',
  sounds: 'Sounds',
  soundsHint: 'At most once in 3 seconds; with several tabs open only one sounds.',
  quietHours: 'Quiet hours',
  quietHoursHint:
    'No sounds and no desktop notifications then; the centre still lists them. In the time of this device.',
  quietFrom: 'From',
  quietTo: 'To',
  quietWrong: 'Give a start and an end that differ',
  tellOf: 'About',
  ways: { centre: 'Centre', sound: 'Sound', desktop: 'Desktop' },
  kinds: {
    message: 'A new message in my conversations',
    assigned: 'A conversation given to me',
    mention: 'A note that mentions me',
    woken: 'A snoozed conversation is back',
    'handed-over': 'My conversation given to somebody else',
  },
  desktopHint:
    'Desktop notifications show the inbox and the kind, never a name or a text. Turn them on under the bell.',
  firstSteps: 'First steps',
  conflict: 'You changed the same setting on another device a moment ago. Choose which one to keep.',
  useMine: 'Use this one',
  useTheirs: 'Use the other',
  tellBy: (kind, way) => `${kind}: ${way}`,
};
