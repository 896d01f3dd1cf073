import { ApiClient, ContactsClient, PrivacyClient } from '@libs/api-client';

export const api = new ApiClient();
export const contactsApi = new ContactsClient();
export const privacyApi = new PrivacyClient();
