export { ChatModule } from './chat.module.js';
export { InboxAdmin, type NewInbox } from './inboxes/inbox-admin.js';
export type { InboxLook } from './inboxes/inbox-directory.js';
export { ChatTables1790000000010 } from './migrations/chat-tables.js';
export { InboxTables1790000000140 } from './migrations/inbox-tables.js';
export { workMigrations } from './migrations/work-tables.js';
