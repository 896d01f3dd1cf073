import type { WelcomeWords } from './welcome.zh-cn.js';

export const welcomeEn: WelcomeWords = {
  title: 'First steps',
  welcome: (name) => `Welcome, ${name}`,
  progress: (done, all) => `${done} of ${all} done`,
  steps: {
    inbox: 'Create an inbox',
    notice: 'Publish the privacy notice',
    snippet: 'Put it on your site',
    invitation: 'Invite an agent',
    answer: 'Send the first reply',
  },
  doneAt: (time) => `Done, ${time}`,
  open: 'To do',
  inboxHint: 'Customers reach you through an inbox, such as “Chat on our site”.',
  inboxDraft: (name) => `“${name}” is not switched on. The privacy notice has to be published first.`,
  inboxCreate: 'Create an inbox',
  inboxOpen: 'Go on',
  noticeHint: 'The notice is made from your processing register; check the name and contact, then publish it.',
  noticeOpen: 'Check and publish',
  snippetHint: 'Put this code on every page of your site. This step ticks itself when the site loads it.',
  snippetWaiting: 'Waiting for the first load…',
  snippetFirst: 'The code is shown here once an inbox is switched on.',
  snippetCode: 'Code for your site',
  refused: (site) => `The site ${site} is not in the allowed list, so visitors there see no chat.`,
  add: 'Allow',
  addOf: (site) => `Allow ${site}`,
  added: 'Allowed. Reload the page of your site.',
  checks: 'Nothing was loaded for ten minutes. Please check:',
  checkLive: (on) => (on ? 'The inbox is switched on' : 'The inbox is not switched on'),
  checkOrigins: (count) => {
    if (count === 0) return 'No site is allowed yet';
    return count === 1 ? '1 site is allowed' : `${count} sites are allowed`;
  },
  checkAsked: (asked) =>
    asked
      ? 'A site asked that is not allowed'
      : 'No site has asked: the code may be missing, or the page is not updated',
  invitationHint: 'One person is enough to answer. Invite colleagues here when you have them.',
  invite: 'Invite members',
  answerHint:
    'Open the visitor page and ask something as a visitor would. A real conversation appears under Unassigned; answer it.',
  visitorPage: 'Open the visitor page',
  toUnassigned: 'Look at Unassigned',
  took: (duration) => `It took ${duration} from installation to the first reply.`,
  allDone: 'All five steps are done.',
  toWork: 'Start answering',
  skip: 'Skip for now',
  skipHint: 'You find it again under Settings > Preferences > First steps.',
  duration: (hours, minutes, seconds) => {
    if (hours > 0) return `${hours} h ${minutes} min`;
    if (minutes > 0) return seconds > 0 ? `${minutes} min ${seconds} s` : `${minutes} min`;
    return `${seconds} s`;
  },
};
