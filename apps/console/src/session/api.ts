import {
  AccountClient,
  ApiClient,
  ContactsClient,
  InboxClient,
  ListClient,
  MembersClient,
  PrivacyClient,
  RoutingClient,
  WordsClient,
  WorkClient,
} from '@libs/api-client';

export const api = new ApiClient();
export const accountApi = new AccountClient();
export const membersApi = new MembersClient();
export const inboxesApi = new InboxClient();
export const contactsApi = new ContactsClient();
export const privacyApi = new PrivacyClient();
export const workApi = new WorkClient();
export const listsApi = new ListClient();
export const wordsApi = new WordsClient();
export const routingApi = new RoutingClient();
