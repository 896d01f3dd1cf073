export { ChatModule } from './chat.module.js';
export { InboxAdmin, type NewInbox } from './inboxes/inbox-admin.js';
export type { InboxLook } from './inboxes/inbox-directory.js';
export { inboxNotice } from './inboxes/inbox-notice-text.js';
export { chatMigrations } from './migrations/chat-migrations.js';
export { widgetCrossOrigin, widgetSite } from './widget-site.js';
