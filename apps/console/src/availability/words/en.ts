import type { AvailabilityWords } from './zh-cn.js';

export const en: AvailabilityWords = {
  title: 'Availability',
  states: { online: 'Online', busy: 'Busy', offline: 'Offline' },
  hints: {
    online: 'Gets new conversations',
    busy: 'Keeps what there is and gets none; picking is possible',
    offline: 'Gets no new conversations',
  },
  away: { busy: 'You are busy and get nothing new', offline: 'You are offline and get nothing new' },
  goOnline: 'Go online',
  be: (state) => `Availability: ${state}`,
  lost: 'The connection was lost for more than 3 minutes, so you were set to offline. What waits for your reply goes back to the queue.',
  failed: 'That was not changed. Try again.',
  load: (open, capacity) => `${open} open, ${capacity} at most`,
  mark: (state, open, capacity) => `${state}, ${open} open of ${capacity}`,
  teams: 'Team',
};
