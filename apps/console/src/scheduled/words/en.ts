import type { ScheduledWords } from './zh-cn.js';

export const en: ScheduledWords = {
  sendLater: 'Send later…',
  title: 'Send later',
  submit: 'Send later',
  submitAt: (time) => `Send at ${time}`,
  timeHint: 'From 1 minute to 90 days ahead. It is not sent if the visitor writes first.',
  list: 'Scheduled replies',
  waits: (time) => `Will be sent at ${time}`,
  by: (name) => `By ${name}`,
  stopped: {
    'customer-wrote': 'Will not be sent: the visitor wrote first',
    'author-unable': 'Not sent: its author cannot reply here any more',
    'person-unwilling': 'Not sent: the visitor has withdrawn consent',
  },
  notShown: 'The text is not shown',
  edit: 'Edit',
  sendNow: 'Send now',
  cancel: 'Cancel sending',
  didSchedule: (time) => `Will be sent at ${time}`,
  didCancel: 'Sending was cancelled',
  tooSoon: (earliest) => `Not scheduled: that time is over or too near. Choose ${earliest} or later.`,
  refusals: {
    'chat.schedule-too-late': 'Not scheduled: that is more than 90 days ahead. Choose an earlier time.',
    'chat.too-many-scheduled': 'Not scheduled: 20 replies wait in this conversation. Cancel some first.',
    'chat.scheduled-reply-not-found': 'This scheduled reply was sent or cancelled.',
    'chat.scheduled-reply-changed': 'This scheduled reply was changed a moment ago. Look at it, then try again.',
    'chat.scheduled-reply-not-yours': 'Only its author may do this.',
    'chat.take-over-first': 'A colleague has this conversation. Take it over first.',
  },
};
