export type { ApiClientOptions, ConversationAct, HistoryOptions, PageOptions } from './api-client.js';
export { ApiClient } from './api-client.js';
export type { ErrorDetails, Problem } from './api-error.js';
export { ApiError } from './api-error.js';
export type { HttpAnswer, HttpFetch, HttpRequest } from './http.js';
