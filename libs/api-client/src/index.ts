export { AccountClient, MembersClient } from './account-client.js';
export type { ApiClientOptions, ConversationAct, HistoryOptions, PageOptions } from './api-client.js';
export { ApiClient } from './api-client.js';
export type { ErrorDetails, Fault, Problem } from './api-error.js';
export { ApiError } from './api-error.js';
export { ContactsClient } from './contacts-client.js';
export type { HttpAnswer, HttpFetch, HttpRequest } from './http.js';
export type { ApprovalAct, ConsentFilter } from './privacy-client.js';
export { PrivacyClient } from './privacy-client.js';
